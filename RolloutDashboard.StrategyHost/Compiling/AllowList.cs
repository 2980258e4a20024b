using System.Collections.Frozen;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>
/// What a program may name: types by their full metadata name, each with its members. Layers 3 and 4 read the same
/// list; the compiler's own needs are added for layer 4 only.
/// </summary>
public static class AllowList
{
    private const string Every = "*";

    private const string Number =
        "NaN Epsilon MaxValue MinValue PositiveInfinity NegativeInfinity E Pi Tau Zero One "
        + "IsNaN IsFinite IsInfinity IsPositiveInfinity IsNegativeInfinity IsNegative IsPositive IsInteger IsEvenInteger IsOddInteger IsPow2 "
        + "CompareTo Equals Abs Max Min MaxNumber MinNumber Clamp Sign CopySign Sqrt Cbrt Pow Exp Log Log2 Log10 Floor Ceiling Round Truncate "
        + "Sin Cos Tan Asin Acos Atan Atan2 Sinh Cosh Tanh Hypot Lerp DivRem "
        + "op_Addition op_Subtraction op_Multiply op_Division op_Modulus op_UnaryNegation op_UnaryPlus op_Increment op_Decrement op_Equality op_Inequality "
        + "op_LessThan op_LessThanOrEqual op_GreaterThan op_GreaterThanOrEqual op_Implicit op_Explicit op_BitwiseAnd op_BitwiseOr op_ExclusiveOr op_OnesComplement "
        + "op_LeftShift op_RightShift op_UnsignedRightShift";

    private const string Tuple = ".ctor Item1 Item2 Item3 Item4 Item5 Item6 Item7 Rest Equals CompareTo Create";

    private static readonly FrozenDictionary<string, FrozenSet<string>> s_program = Build(
        ("RolloutDashboard.StrategyApi.Strategy", Every),
        ("RolloutDashboard.StrategyApi.MarketHistory", Every),
        ("RolloutDashboard.StrategyApi.Indicators", Every),
        ("RolloutDashboard.StrategyApi.Field", Every),
        ("RolloutDashboard.StrategyApi.Frequency", Every),
        ("System.Object", ".ctor"),
        ("System.ValueType", ""),
        ("System.Enum", ""),
        ("System.Void", ""),
        ("System.String", ""),
        ("System.Delegate", ""),
        ("System.MulticastDelegate", ""),
        ("System.Attribute", ""),
        (
            "System.Boolean",
            "CompareTo Equals op_LogicalNot op_Equality op_Inequality op_BitwiseAnd op_BitwiseOr op_ExclusiveOr"
        ),
        ("System.Char", "CompareTo Equals"),
        ("System.Byte", Number),
        ("System.SByte", Number),
        ("System.Int16", Number),
        ("System.UInt16", Number),
        ("System.Int32", Number),
        ("System.UInt32", Number),
        ("System.Int64", Number),
        ("System.UInt64", Number),
        ("System.Single", Number),
        ("System.Double", Number),
        ("System.Decimal", Number + " .ctor"),
        ("System.IntPtr", ""),
        ("System.Math", Every),
        ("System.Index", ".ctor Value IsFromEnd GetOffset op_Implicit FromEnd FromStart End Start"),
        ("System.Range", ".ctor Start End StartAt EndAt All GetOffsetAndLength"),
        ("System.Nullable`1", ".ctor HasValue Value GetValueOrDefault op_Implicit op_Explicit Equals"),
        (
            "System.Array",
            "Length Rank GetLength GetLowerBound GetUpperBound Sort Reverse Fill IndexOf LastIndexOf Copy Clear Empty BinarySearch Resize "
                + "Exists Find FindAll FindIndex FindLast FindLastIndex ForEach TrueForAll ConvertAll GetEnumerator"
        ),
        (
            "System.Span`1",
            ".ctor Length Item IsEmpty Empty Slice CopyTo TryCopyTo ToArray Fill Clear GetEnumerator op_Implicit"
        ),
        ("System.Span`1+Enumerator", "Current MoveNext"),
        (
            "System.ReadOnlySpan`1",
            ".ctor Length Item IsEmpty Empty Slice CopyTo TryCopyTo ToArray GetEnumerator op_Implicit CastUp"
        ),
        ("System.ReadOnlySpan`1+Enumerator", "Current MoveNext"),
        (
            "System.MemoryExtensions",
            "AsSpan Sort Reverse IndexOf LastIndexOf Contains ContainsAny Count BinarySearch SequenceEqual CopyTo"
        ),
        ("System.ValueTuple", Tuple),
        ("System.ValueTuple`1", Tuple),
        ("System.ValueTuple`2", Tuple),
        ("System.ValueTuple`3", Tuple),
        ("System.ValueTuple`4", Tuple),
        ("System.ValueTuple`5", Tuple),
        ("System.ValueTuple`6", Tuple),
        ("System.ValueTuple`7", Tuple),
        ("System.Func`1", ".ctor Invoke"),
        ("System.Func`2", ".ctor Invoke"),
        ("System.Func`3", ".ctor Invoke"),
        ("System.Func`4", ".ctor Invoke"),
        ("System.Func`5", ".ctor Invoke"),
        ("System.Action", ".ctor Invoke"),
        ("System.Action`1", ".ctor Invoke"),
        ("System.Action`2", ".ctor Invoke"),
        ("System.Action`3", ".ctor Invoke"),
        ("System.Predicate`1", ".ctor Invoke"),
        ("System.Comparison`1", ".ctor Invoke"),
        ("System.Converter`2", ".ctor Invoke"),
        ("System.IComparable`1", "CompareTo"),
        ("System.IEquatable`1", "Equals"),
        ("System.IDisposable", "Dispose"),
        ("System.Exception", ".ctor"),
        ("System.ArgumentException", ".ctor"),
        ("System.ArgumentOutOfRangeException", ".ctor"),
        ("System.InvalidOperationException", ".ctor"),
        ("System.NotSupportedException", ".ctor"),
        ("System.Collections.IEnumerable", "GetEnumerator"),
        ("System.Collections.IEnumerator", "MoveNext Current"),
        ("System.Collections.Generic.IEnumerable`1", "GetEnumerator"),
        ("System.Collections.Generic.IEnumerator`1", "Current"),
        ("System.Collections.Generic.ICollection`1", "Count Add Clear Contains Remove"),
        ("System.Collections.Generic.IList`1", "Item IndexOf Insert RemoveAt"),
        ("System.Collections.Generic.IReadOnlyCollection`1", "Count"),
        ("System.Collections.Generic.IReadOnlyList`1", "Item"),
        ("System.Collections.Generic.IDictionary`2", "Item Keys Values Add ContainsKey Remove TryGetValue"),
        ("System.Collections.Generic.IReadOnlyDictionary`2", "Item Keys Values ContainsKey TryGetValue"),
        ("System.Collections.Generic.IComparer`1", "Compare"),
        ("System.Collections.Generic.Comparer`1", "Default Create Compare"),
        (
            "System.Collections.Generic.List`1",
            ".ctor Count Capacity Item Add AddRange Insert InsertRange Clear Contains IndexOf LastIndexOf Remove RemoveAt RemoveAll "
                + "RemoveRange Sort Reverse ToArray BinarySearch CopyTo Exists Find FindAll FindIndex FindLast FindLastIndex ForEach TrueForAll ConvertAll GetRange Slice "
                + "GetEnumerator EnsureCapacity"
        ),
        ("System.Collections.Generic.List`1+Enumerator", "Current MoveNext Dispose"),
        (
            "System.Collections.Generic.Dictionary`2",
            ".ctor Count Item Add Clear ContainsKey ContainsValue Remove TryAdd TryGetValue Keys Values GetEnumerator EnsureCapacity"
        ),
        ("System.Collections.Generic.Dictionary`2+Enumerator", "Current MoveNext Dispose"),
        ("System.Collections.Generic.Dictionary`2+KeyCollection", "Count GetEnumerator"),
        ("System.Collections.Generic.Dictionary`2+KeyCollection+Enumerator", "Current MoveNext Dispose"),
        ("System.Collections.Generic.Dictionary`2+ValueCollection", "Count GetEnumerator"),
        ("System.Collections.Generic.Dictionary`2+ValueCollection+Enumerator", "Current MoveNext Dispose"),
        ("System.Collections.Generic.KeyValuePair`2", ".ctor Key Value Deconstruct"),
        (
            "System.Collections.Generic.HashSet`1",
            ".ctor Count Add Clear Contains Remove UnionWith IntersectWith ExceptWith SymmetricExceptWith GetEnumerator"
        ),
        ("System.Collections.Generic.HashSet`1+Enumerator", "Current MoveNext Dispose"),
        (
            "System.Collections.Generic.Queue`1",
            ".ctor Count Enqueue Dequeue Peek TryDequeue TryPeek Clear Contains ToArray GetEnumerator"
        ),
        ("System.Collections.Generic.Queue`1+Enumerator", "Current MoveNext Dispose"),
        (
            "System.Collections.Generic.Stack`1",
            ".ctor Count Push Pop Peek TryPop TryPeek Clear Contains ToArray GetEnumerator"
        ),
        ("System.Collections.Generic.Stack`1+Enumerator", "Current MoveNext Dispose"),
        (
            "System.Collections.Generic.PriorityQueue`2",
            ".ctor Count Enqueue Dequeue EnqueueDequeue DequeueEnqueue Peek TryDequeue TryPeek Clear"
        ),
        ("System.Linq.IOrderedEnumerable`1", ""),
        ("System.Linq.IGrouping`2", "Key"),
        (
            "System.Linq.Enumerable",
            "Aggregate All Any Append Average Chunk Concat Contains Count CountBy AggregateBy DefaultIfEmpty Distinct DistinctBy ElementAt "
                + "ElementAtOrDefault Empty Except ExceptBy First FirstOrDefault GroupBy Index Intersect IntersectBy Last LastOrDefault LongCount Max MaxBy Min MinBy Order "
                + "OrderBy OrderByDescending OrderDescending Prepend Range Repeat Reverse Select SelectMany SequenceEqual Single SingleOrDefault Skip SkipLast SkipWhile "
                + "Sum Take TakeLast TakeWhile ThenBy ThenByDescending ToArray ToDictionary ToHashSet ToList Union UnionBy Where Zip"
        )
    );

    private static readonly FrozenDictionary<string, FrozenSet<string>> s_compiler = Build(
        // Anonymous types bring their own equality and text.
        ("System.Object", "Equals GetHashCode ToString"),
        ("System.String", "Format"),
        ("System.IFormatProvider", ""),
        ("System.Collections.Generic.EqualityComparer`1", "Default Equals GetHashCode"),
        ("System.Diagnostics.DebuggerBrowsableAttribute", ".ctor"),
        ("System.Diagnostics.DebuggerBrowsableState", ""),
        ("System.Diagnostics.DebuggerHiddenAttribute", ".ctor"),
        ("System.Diagnostics.DebuggerDisplayAttribute", ".ctor Type"),
        ("System.RuntimeFieldHandle", ""),
        ("System.Diagnostics.DebuggableAttribute", ".ctor"),
        ("System.Diagnostics.DebuggableAttribute+DebuggingModes", ""),
        ("System.ParamArrayAttribute", ".ctor"),
        ("System.Reflection.DefaultMemberAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.RuntimeHelpers", "InitializeArray CreateSpan GetSubArray"),
        ("System.Runtime.CompilerServices.CompilerGeneratedAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.CompilationRelaxationsAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.RuntimeCompatibilityAttribute", ".ctor WrapNonExceptionThrows"),
        ("System.Runtime.CompilerServices.NullableAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.NullableContextAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.RefSafetyRulesAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.ScopedRefAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.IsReadOnlyAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.IsByRefLikeAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.RequiresLocationAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.TupleElementNamesAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.ExtensionAttribute", ".ctor"),
        ("System.Runtime.CompilerServices.SwitchExpressionException", ".ctor"),
        ("System.Runtime.CompilerServices.IsExternalInit", ""),
        ("System.Runtime.InteropServices.InAttribute", ".ctor"),
        ("System.Runtime.InteropServices.CollectionsMarshal", "SetCount AsSpan")
    );

    /// <summary>Whether a program may name the type.</summary>
    public static bool AllowsType(string type) => s_program.ContainsKey(type);

    /// <summary>Whether a program may name the member.</summary>
    public static bool AllowsMember(string type, string member) => Allows(s_program, type, member);

    /// <summary>Whether an emitted assembly may refer to the type.</summary>
    public static bool AllowsEmittedType(string type) => s_program.ContainsKey(type) || s_compiler.ContainsKey(type);

    /// <summary>Whether an emitted assembly may refer to the member; accessors count as their property.</summary>
    public static bool AllowsEmittedMember(string type, string member)
    {
        var name =
            member.StartsWith("get_", StringComparison.Ordinal) || member.StartsWith("set_", StringComparison.Ordinal)
                ? member[4..]
                : member;
        return Allows(s_program, type, name) || Allows(s_compiler, type, name);
    }

    /// <summary>Types whose names a hint to the author may list.</summary>
    public static IEnumerable<string> Types => s_program.Keys;

    /// <summary>Names of types and members that mean something where a program names them, whatever of its own is
    /// called so too.</summary>
    public static FrozenSet<string> Names { get; } =
        s_program
            .Values.SelectMany(members => members)
            .Concat(
                typeof(StrategyApi.Strategy)
                    .Assembly.GetExportedTypes()
                    .Append(typeof(Math))
                    .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name))
            )
            .ToFrozenSet(StringComparer.Ordinal);

    private static bool Allows(FrozenDictionary<string, FrozenSet<string>> list, string type, string member) =>
        list.TryGetValue(type, out var members) && (members.Contains(Every) || members.Contains(member));

    private static FrozenDictionary<string, FrozenSet<string>> Build(params (string Type, string Members)[] entries) =>
        entries.ToFrozenDictionary(
            entry => entry.Type,
            entry =>
                entry.Members.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
}
