using System.Reflection;
using System.Text;
using System.Xml.Linq;
using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>The strategy API as a prompt shows it, made from the real types and their documentation, so that it can't
/// go stale.</summary>
public static class StrategyApiDescription
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>C# declarations without bodies, each with its summary as a comment; about 6,000 characters.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        var summaries = ReadSummaries();
        var text = new StringBuilder("namespace RolloutDashboard.StrategyApi;\n");
        foreach (
            var type in new[]
            {
                typeof(Strategy),
                typeof(MarketHistory),
                typeof(Indicators),
                typeof(Field),
                typeof(Frequency),
            }
        )
        {
            text.Append('\n');
            Comment(text, "", summaries, $"T:{type.FullName}");
            text.Append(Kind(type)).Append(' ').Append(type.Name).Append("\n{\n");
            foreach (var member in type.GetMembers(Declared).Where(IsShown))
            {
                Comment(text, "    ", summaries, DocumentationId(member));
                text.Append("    ").Append(Declaration(member)).Append('\n');
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    private static bool IsShown(MemberInfo member) =>
        member is PropertyInfo or FieldInfo { IsStatic: true }
        || (member is MethodInfo method && !method.IsSpecialName);

    private static string Kind(Type type) =>
        type switch
        {
            { IsEnum: true } => "enum",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            _ => "sealed class",
        };

    private static string Declaration(MemberInfo member) =>
        member switch
        {
            PropertyInfo property =>
                $"{Modifier(property.GetMethod!)}{Name(property.PropertyType)} {property.Name} {{ get; }}",
            MethodInfo method =>
                $"{Modifier(method)}{Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))});",
            _ => member.Name + ",",
        };

    private static string Modifier(MethodInfo method) =>
        method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true } => "virtual ",
            _ => "",
        };

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue}" : "")}";

    private static string Name(Type type) =>
        type switch
        {
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Nullable<>) => Name(
                type.GetGenericArguments()[0]
            ) + "?",
            { IsGenericType: true } =>
                $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
            _ when type == typeof(double) => "double",
            _ when type == typeof(int) => "int",
            _ when type == typeof(bool) => "bool",
            _ when type == typeof(void) => "void",
            _ => type.Name,
        };

    private static string DocumentationId(MemberInfo member)
    {
        var prefix = member switch
        {
            PropertyInfo => 'P',
            FieldInfo => 'F',
            _ => 'M',
        };
        var id = $"{prefix}:{member.DeclaringType!.FullName}.{member.Name}";
        return member is MethodInfo method && method.GetParameters() is { Length: > 0 } parameters
            ? $"{id}({string.Join(',', parameters.Select(p => DocumentationName(p.ParameterType)))})"
            : id;
    }

    private static string DocumentationName(Type type) =>
        type.IsGenericType
            ? $"{type.Namespace}.{type.Name[..type.Name.IndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(DocumentationName))}}}"
            : type.FullName!;

    private static void Comment(StringBuilder text, string indent, Dictionary<string, string> summaries, string id)
    {
        if (summaries.TryGetValue(id, out var summary))
        {
            text.Append(indent).Append("// ").Append(summary).Append('\n');
        }
    }

    private static Dictionary<string, string> ReadSummaries()
    {
        using var stream = typeof(StrategyApiDescription).Assembly.GetManifestResourceStream("StrategyApi.xml")
            ?? throw new InvalidOperationException("The documentation of the strategy API is not embedded.");
        return XDocument
            .Load(stream)
            .Descendants("member")
            .ToDictionary(
                member => member.Attribute("name")!.Value,
                member =>
                    string.Join(
                        ' ',
                        new[] { member.Element("summary") }
                            .Concat(member.Elements("param"))
                            .OfType<XElement>()
                            .Select(Sentence)
                    ),
                StringComparer.Ordinal
            );
    }

    private static string Sentence(XElement element)
    {
        var text = string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return element.Attribute("name") is { } parameter ? $"{parameter.Value}: {text}" : text;
    }
}
