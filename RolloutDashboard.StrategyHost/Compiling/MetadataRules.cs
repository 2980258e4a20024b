using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Layer 4: what the emitted assembly really refers to, read from its metadata without loading it.</summary>
public static class MetadataRules
{
    private static readonly ImmutableHashSet<string> s_assemblies =
    [
        "System.Private.CoreLib",
        "System.Runtime",
        "System.Collections",
        "System.Linq",
        "System.Memory",
        "RolloutDashboard.StrategyApi",
    ];

    private static readonly (TableIndex Table, string Rule)[] s_tables =
    [
        (TableIndex.ModuleRef, "a native library"),
        (TableIndex.ImplMap, "a native function"),
        (TableIndex.File, "another file"),
        (TableIndex.ExportedType, "a forwarded type"),
        (TableIndex.ManifestResource, "a resource"),
        (TableIndex.DeclSecurity, "a security declaration"),
        (TableIndex.FieldMarshal, "marshalling"),
    ];

    /// <summary>All objections.</summary>
    public static IEnumerable<Finding> Check(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        var reader = file.GetMetadataReader();
        return
        [
            .. Contents(file, reader)
                .Concat(References(reader))
                .Concat(Methods(reader))
                .Distinct()
                .Select(rule => new Finding(
                    4,
                    Finding.Forbidden,
                    rule,
                    $"The compiled program refers to {rule}, which is not accepted in a strategy.",
                    0,
                    0
                )),
        ];
    }

    private static IEnumerable<string> Contents(PEReader file, MetadataReader reader)
    {
        if (file.PEHeaders.CorHeader is not { } header || (header.Flags & CorFlags.ILOnly) == 0)
        {
            yield return "native code";
        }

        foreach (var (table, rule) in s_tables)
        {
            if (reader.GetTableRowCount(table) > 0)
            {
                yield return rule;
            }
        }
    }

    private static IEnumerable<string> References(MetadataReader reader)
    {
        foreach (var reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
        {
            if (reader.GetString(reference.Name) is var name && !s_assemblies.Contains(name))
            {
                yield return "assembly " + name;
            }
        }

        foreach (var type in reader.TypeReferences.Select(handle => TypeName(reader, handle)))
        {
            if (!AllowList.AllowsEmittedType(type))
            {
                yield return type;
            }
        }

        foreach (var handle in reader.MemberReferences)
        {
            if (Objection(reader, reader.GetMemberReference(handle)) is { } rule)
            {
                yield return rule;
            }
        }
    }

    private static IEnumerable<string> Methods(MetadataReader reader)
    {
        foreach (var method in reader.MethodDefinitions.Select(reader.GetMethodDefinition))
        {
            if (
                (
                    method.ImplAttributes
                    & (
                        System.Reflection.MethodImplAttributes.Native
                        | System.Reflection.MethodImplAttributes.Unmanaged
                        | System.Reflection.MethodImplAttributes.InternalCall
                    )
                ) != 0
            )
            {
                yield return "native code";
            }

            if (reader.StringComparer.Equals(method.Name, "Finalize"))
            {
                yield return "a finalizer";
            }

            if (
                reader.StringComparer.Equals(method.Name, ".cctor")
                && reader.StringComparer.Equals(reader.GetTypeDefinition(method.GetDeclaringType()).Name, "<Module>")
            )
            {
                yield return "a module initializer";
            }
        }
    }

    private static string? Objection(MetadataReader reader, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        var parent = member.Parent.Kind switch
        {
            HandleKind.TypeReference => TypeName(reader, (TypeReferenceHandle)member.Parent),
            HandleKind.TypeSpecification => reader
                .GetTypeSpecification((TypeSpecificationHandle)member.Parent)
                .DecodeSignature(new OuterTypeName(), null),
            HandleKind.TypeDefinition or HandleKind.MethodDefinition => "",
            _ => "?",
        };

        if (HasPointer(reader, member))
        {
            return "a pointer";
        }

        return parent.Length == 0 || AllowList.AllowsEmittedMember(parent, name) ? null : $"{parent}.{name}";
    }

    private static bool HasPointer(MetadataReader reader, MemberReference member)
    {
        if (member.GetKind() is MemberReferenceKind.Field)
        {
            return member.DecodeFieldSignature(new OuterTypeName(), null) is "*";
        }

        var signature = member.DecodeMethodSignature(new OuterTypeName(), null);
        return signature.ReturnType is "*" || signature.ParameterTypes.Contains("*");
    }

    private static string TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return $"{TypeName(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}";
        }

        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The name of a type without its arguments; "" for the program's own types and arrays, "*" for
    /// pointers.</summary>
    private sealed class OuterTypeName : ISignatureTypeProvider<string, object?>
    {
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            TypeName(reader, handle);

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind
        ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            typeArguments.Contains("*") ? "*" : genericType;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;

        public string GetArrayType(string elementType, ArrayShape shape) => elementType is "*" ? "*" : "";

        public string GetSZArrayType(string elementType) => elementType is "*" ? "*" : "";

        public string GetByReferenceType(string elementType) => elementType;

        public string GetPointerType(string elementType) => "*";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "!!";

        public string GetGenericTypeParameter(object? genericContext, int index) => "!";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
    }
}
