using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>Who uses whom, read from a compiled assembly: signatures, bodies, attributes and base types. A constant
/// that the compiler copied leaves no trace.</summary>
internal static class TypeGraph
{
    /// <returns>Pairs of a type and a type that it uses, both of our assemblies, by full name; nested and generated
    /// types count as the type around them.</returns>
    public static IReadOnlySet<(string User, string Used)> Of(params string[] assemblies) => Arrows(IsOurs, assemblies);

    /// <returns>Pairs of a type of ours and a type of a library that it uses: signatures, calls, what is caught, what
    /// is asked for its type.</returns>
    /// <param name="isLibrary">Says by the name of an assembly whether it is meant.</param>
    public static IReadOnlySet<(string User, string Used)> ToLibraries(
        Func<string, bool> isLibrary,
        params string[] assemblies
    ) => Arrows(type => isLibrary(type.Scope.Name), assemblies);

    /// <returns>Pairs of a type and a text in it, or the name of a native library that it calls.</returns>
    public static IReadOnlySet<(string User, string Text)> Texts(params string[] assemblies)
    {
        var texts = new HashSet<(string User, string Text)>();
        foreach (var assembly in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(assembly);
            foreach (var type in module.GetTypes())
            {
                var user = Outermost(type).FullName;
                texts.UnionWith(type.Methods.SelectMany(TextsOf).Select(text => (user, text)));
            }
        }

        return texts;
    }

    private static HashSet<(string User, string Used)> Arrows(
        Func<TypeReference, bool> counts,
        IEnumerable<string> assemblies
    )
    {
        var arrows = new HashSet<(string User, string Used)>();
        foreach (var assembly in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(assembly);
            foreach (var type in module.GetTypes())
            {
                var user = Outermost(type).FullName;
                foreach (
                    var used in Used(type).SelectMany(Named).Select(reference => Outermost(reference)).Where(counts)
                )
                {
                    arrows.Add((user, used.FullName));
                }
            }
        }

        arrows.RemoveWhere(arrow => arrow.User == arrow.Used);
        return arrows;
    }

    /// <summary>The namespace of a full name.</summary>
    public static string NamespaceOf(string fullName) =>
        fullName.LastIndexOf('.') is var end and > 0 ? fullName[..end] : "";

    private static IEnumerable<string> TextsOf(MethodDefinition method) =>
        method.IsPInvokeImpl ? [method.PInvokeInfo.Module.Name]
        : method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<string>()
        : [];

    private static bool IsOurs(TypeReference type) =>
        type.Namespace.StartsWith("RolloutDashboard", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } around)
        {
            type = around;
        }

        return type;
    }

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. Attributes(type),
            .. type.GenericParameters.SelectMany(Constraints),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Fields.SelectMany(Attributes),
            .. type.Properties.SelectMany(Attributes),
            .. type.Methods.SelectMany(Used),
        ];

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
        [
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method.GenericParameters.SelectMany(Constraints),
            .. Attributes(method),
            .. method.HasBody ? Used(method.Body) : [],
        ];

    private static IEnumerable<TypeReference?> Used(MethodBody body) =>
        [
            .. body.Variables.Select(variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(handler => handler.CatchType),
            .. body.Instructions.SelectMany(instruction =>
                instruction.Operand switch
                {
                    MethodReference called => Used(called),
                    FieldReference field => [field.DeclaringType, field.FieldType],
                    TypeReference named => [named],
                    _ => [],
                }
            ),
        ];

    private static TypeReference?[] Used(MethodReference called) =>
        [
            called.DeclaringType,
            called.ReturnType,
            .. called.Parameters.Select(parameter => parameter.ParameterType),
            .. called is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ];

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider owner) =>
        owner.HasCustomAttributes
            ? owner.CustomAttributes.SelectMany(attribute =>
                attribute
                    .ConstructorArguments.Select(argument => argument.Value)
                    .OfType<TypeReference>()
                    .Prepend(attribute.AttributeType)
            )
            : [];

    // A list of T, an array of T, T by reference: T as well.
    private static IEnumerable<TypeReference> Named(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Named)],
            TypeSpecification around => Named(around.ElementType),
            _ => [type],
        };
}
