using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>A template's parameters as a JSON schema (draft 2020-12), for prompts, providers and people.</summary>
public static class TemplateSchemaJson
{
    /// <summary>The schema of the <c>params</c> object: every parameter required, each an enumeration of its
    /// grid.</summary>
    public static JsonObject For(ITemplate template)
    {
        var properties = new JsonObject();
        foreach (var parameter in template.Schema.Parameters)
        {
            properties[parameter.Name] = Property(parameter);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = template.Name,
            ["description"] = Description(template),
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. template.Schema.Parameters.Select(p => (JsonNode)p.Name)]),
            ["additionalProperties"] = false,
        };
    }

    private static string Description(ITemplate template) =>
        template.Schema.Rules.Count == 0
            ? template.Description
            : $"{template.Description} Rule: {string.Join("; ", template.Schema.Rules.Select(rule => rule.Text))}.";

    private static JsonObject Property(TemplateParameter parameter) =>
        new()
        {
            ["description"] = parameter.Description,
            ["type"] = TypeOf(parameter),
            ["enum"] = new JsonArray([.. parameter.Grid.Select(value => value.ToJson())]),
            ["default"] = parameter.Default.ToJson(),
        };

    private static JsonNode TypeOf(TemplateParameter parameter)
    {
        var words = parameter.Grid.Count(value => value.Word is not null);
        var number = parameter.Grid.All(value => value.Number is not { } n || n == Math.Floor(n))
            ? "integer"
            : "number";
        return words == 0 ? number
            : words == parameter.Grid.Count ? "string"
            : new JsonArray("string", number);
    }
}
