using System.Globalization;

namespace RolloutDashboard.Api;

/// <summary>Cells of a CSV file that every reader takes the same way: invariant numbers, ISO 8601 UTC, RFC 4180
/// quotes.</summary>
public static class CsvText
{
    /// <summary>One line without its end.</summary>
    public static string Line(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell));

    /// <summary>A cell; null is empty, and text that a spreadsheet would run as a formula gets an apostrophe before
    /// it.</summary>
    public static string Cell(object? value) =>
        value switch
        {
            null => "",
            string text => Quoted(Guarded(text)),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            Enum word => word.ToString(),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"A CSV cell can't hold a {value.GetType().Name}.", nameof(value)),
        };

    private static string Guarded(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
