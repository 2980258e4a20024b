using System.Text.Json;

namespace RolloutDashboard.Components.Formatting;

/// <summary>JSON with a line per value; text that isn't JSON stays as it is.</summary>
public static class ReadableJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Indent(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
