using System.Text.Json;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>Whether a record's feedback field says that its prompt showed any.</summary>
internal static partial class FeedbackShown
{
    private const int LongestNothing = 200;
    private static readonly string[] Nothing =
    [
        "none",
        "null",
        "nil",
        "n/a",
        "na",
        "no",
        "false",
        "0",
        "-",
        "[]",
        "{}",
    ];

    /// <returns>Null where the field is not there.</returns>
    public static bool? Of(RawValue value) =>
        value.Kind switch
        {
            JsonTokenType.None => null,
            JsonTokenType.Null or JsonTokenType.False => false,
            JsonTokenType.True => true,
            JsonTokenType.Number => value.Number != 0,
            JsonTokenType.String => value.HoldsSomething && !SaysNothing(value.Text!.Trim()),
            _ => value.HoldsSomething,
        };

    // "No history yet.", "No previous iterations", "First iteration": what a loop puts there when it has nothing to
    // show.
    private static bool SaysNothing(string text)
    {
        var words = text.ToLowerInvariant().TrimEnd('.', '!', ' ');
        return words.Length <= LongestNothing && (Nothing.Contains(words) || Empty().IsMatch(words));
    }

    [GeneratedRegex(
        @"^(?:(?:this is )?(?:the )?first iteration(?:\s*[-–—:,.(]+\s*no\b.*)?|(?:no|none)\b[\w\s]{0,20}?\b(?:history|feedback|(?:previous|prior|earlier|past)\s+\w+|iterations?|results?|attempts?)"
            + @"(?:\s+(?:yet|available|so far|recorded|exists?|found))?(?:\s+\(?first iteration\)?)?)$",
        RegexOptions.Singleline
    )]
    private static partial Regex Empty();
}
