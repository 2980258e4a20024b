using System.Globalization;
using System.Text;
using RolloutDashboard.Core.Alerts;

namespace RolloutDashboard.Security.Users;

/// <summary>
/// Names under which the dashboard itself acts in its records, and words for nobody in particular: no person may have
/// one, nor one that looks like it, because a record must say without doubt who acted.
/// </summary>
public static class ReservedNames
{
    private static readonly string[] Words =
    [
        "system",
        "command-line",
        "nobody",
        "unknown",
        "anonymous",
        "loop",
        "the-loop",
        "loop-supervisor",
        "supervisor",
        "scheduler",
        "stop-json",
        "kill-switch",
        "rollback",
        "emergency",
        "immediate",
        "gradual",
        "drill",
        "staging",
        "production",
        "backup",
        "restore",
        "switch-watch",
        "database-watch",
        "heartbeat",
        "server",
        "dashboard",
        "rollout-dashboard",
        "rollout",
    ];

    private static readonly HashSet<string> Folded =
    [
        .. Words.Concat(AlertRuleList.All.Select(rule => rule.Key)).Select(Fold),
    ];

    /// <summary>Why nobody may have this name, as a sentence for a person; null where it is free.</summary>
    public static string? Problem(string? name)
    {
        name ??= "";
        if (name.Any(IsInvisible))
        {
            return "A user name must not hold characters that can't be seen.";
        }

        return Folded.Contains(Fold(name))
            ? $"The name '{name.Trim()}' is, or looks like, one under which the dashboard itself acts. Choose another one."
            : null;
    }

    /// <summary>The same for all names that a reader may take for each other: without case, width, marks and
    /// separators, look-alike digits as letters.</summary>
    internal static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (
            var letter in string.Concat(name.Normalize(NormalizationForm.FormKC).Select(Narrow)).ToLowerInvariant()
        )
        {
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(LookAlike(letter));
            }
        }

        return folded.ToString();
    }

    // Without a library of cultures on the machine, normalisation leaves wide letters as they are.
    private static char Narrow(char letter) => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;

    private static bool IsInvisible(char letter) =>
        char.IsControl(letter)
        || CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
        || letter is '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\u2800' or '\u034F'
        || (char.IsWhiteSpace(letter) && letter != ' ');

    // Digits and the Cyrillic and Greek letters that are drawn as Latin ones.
    private static char LookAlike(char letter) =>
        letter switch
        {
            '0' or 'о' or 'ο' => 'o',
            '1' or 'l' or 'і' or 'ι' or 'ı' => 'i',
            '3' or 'е' or 'ε' => 'e',
            '4' or 'а' or 'α' => 'a',
            '5' or 'ѕ' => 's',
            '7' or 'т' or 'τ' => 't',
            '8' => 'b',
            'с' => 'c',
            'р' or 'ρ' => 'p',
            'у' or 'υ' => 'y',
            'х' or 'χ' => 'x',
            'к' or 'κ' => 'k',
            'м' => 'm',
            'п' => 'n',
            _ => letter,
        };
}
