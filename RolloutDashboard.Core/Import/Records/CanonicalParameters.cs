using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Parameters in one form, whoever wrote them: names in order at every depth, 5.0 as 5.</summary>
public static class CanonicalParameters
{
    private const double LargestWhole = 1e15;

    /// <returns>The text, or null where there are no parameters.</returns>
    public static string? Of(JsonObject? given) => given is { Count: > 0 } ? Ordered(given)!.ToJsonString() : null;

    /// <summary>As <see cref="Of"/>, from JSON text; null also where it is none.</summary>
    public static string? OfJson(string? json)
    {
        try
        {
            return json is null ? null : Of(JsonNode.Parse(json) as JsonObject);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // A text that only looks like parameters is part of the record, not of its meaning.
            return null;
        }
    }

    /// <summary>As <see cref="Of"/>, from JSON or from Python's notation.</summary>
    public static string? OfEither(string text) => OfJson(text) ?? Of(PythonLiteral.Parse(text) as JsonObject);

    private static JsonNode? Ordered(JsonNode? node) =>
        node switch
        {
            JsonObject parent => new JsonObject(
                parent
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, Ordered(pair.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Ordered)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value),
            _ => node?.DeepClone(),
        };

    private static JsonNode Number(JsonValue value) =>
        value.TryGetValue<double>(out var number) && number == Math.Truncate(number) && Math.Abs(number) < LargestWhole
            ? JsonValue.Create((long)number)
            : value.DeepClone();
}
