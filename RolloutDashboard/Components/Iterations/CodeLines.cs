using System.Globalization;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Components.Iterations;

/// <summary>Puts diagnostics on the lines that they name ("line 12, column 5: ..." or "near line 12: ...").</summary>
public static partial class CodeLines
{
    /// <returns>Every line; faults that name no line of the program are left out, see
    /// <see cref="Elsewhere"/>.</returns>
    public static IReadOnlyList<CodeLine> Of(string code, IReadOnlyList<string> faults)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n');
        var placed = faults.ToLookup(fault => PlaceOf(fault));
        return [.. lines.Select((text, index) => new CodeLine(index + 1, text, [.. placed[index + 1]]))];
    }

    /// <summary>Faults that name no line of the program.</summary>
    public static IReadOnlyList<string> Elsewhere(string code, IReadOnlyList<string> faults)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n').Length;
        return [.. faults.Where(fault => PlaceOf(fault) is not { } line || line < 1 || line > lines)];
    }

    private static int? PlaceOf(string fault) =>
        Place().Match(fault) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? line
            : null;

    [GeneratedRegex(@"\bline (\d{1,6})\b")]
    private static partial Regex Place();
}
