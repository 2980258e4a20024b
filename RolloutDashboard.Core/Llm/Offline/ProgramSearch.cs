using System.Globalization;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>Answers with a program: the champion's with a few constants changed, or a new one composed from the
/// grammar.</summary>
public static partial class ProgramSearch
{
    public static string Answer(ProgramPrompt prompt, SeededChoices choices)
    {
        var varied =
            prompt.ChampionCode is { } champion && !prompt.Explore && choices.Chance(0.5)
                ? Vary(champion, choices)
                : null;
        var what = varied is null
            ? "A program composed from the grammar"
            : "The champion's program with other constants";
        return $"{what}, without any model.\n\n```csharp\n{varied ?? ProgramGrammar.Compose(prompt.Data, choices)}\n```\n";
    }

    /// <summary>Changes one to three constants of a program; null if it declares none.</summary>
    public static string? Vary(string code, SeededChoices choices)
    {
        var constants = Constant().Matches(code);
        if (constants.Count == 0)
        {
            return null;
        }

        var chosen = choices
            .PickSome(constants.ToArray(), 1 + choices.Below(Math.Min(3, constants.Count)))
            .Select(match => match.Index)
            .ToHashSet();
        return Constant()
            .Replace(code, match =>
                chosen.Contains(match.Index) ? $"{match.Groups[1].Value}{Scaled(match, choices)};" : match.Value
            );
    }

    private static string Scaled(Match match, SeededChoices choices)
    {
        var scale = choices.Pick([0.6, 0.75, 0.9, 1.1, 1.3, 1.6]);
        var value = double.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture);
        if (match.Groups[2].Value == "int")
        {
            var longest = match.Groups[3].Value == ProgramGrammar.HoldingsName ? 100 : int.MaxValue;
            var whole = (int)Math.Clamp(Math.Round(value * scale), 1, longest);
            return whole == (int)value
                ? (whole < longest ? whole + 1 : whole - 1).ToString(CultureInfo.InvariantCulture)
                : whole.ToString(CultureInfo.InvariantCulture);
        }

        // Shares of one (stop loss, limit) stay below one.
        var scaled = value * scale;
        return (value < 1 ? Math.Min(scaled, 0.99) : scaled).ToString("G4", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(const (int|double) (\w+) = )(\d+(?:\.\d+)?);", RegexOptions.CultureInvariant)]
    private static partial Regex Constant();
}
