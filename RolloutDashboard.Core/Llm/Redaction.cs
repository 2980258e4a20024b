using System.Text.RegularExpressions;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm;

/// <summary>Makes the words of a provider fit to be logged, stored and shown: one line, cut, without keys.</summary>
public static partial class Redaction
{
    /// <summary>Longest text that comes out, in characters.</summary>
    public const int Longest = 300;

    // Far more than is shown; an answer may be as long as its sender likes.
    private const int Looked = 16 * 1024;
    private const string Gone = SecretFilter.Removed;

    /// <param name="secrets">Takes the secrets in use out, however they are encoded; null where none are known.</param>
    public static string Clean(string text, SecretFilter? secrets = null)
    {
        var begin = text.Length <= Looked ? text : text[..Looked];
        var clean = (secrets ?? SecretFilter.None).Remove(begin);
        clean = Credential().Replace(clean, Gone);
        clean = Assigned().Replace(clean, $"$1{Gone}");
        clean = UserInfo().Replace(clean, $"$1{Gone}@");
        return PromptSections.Cut(Space().Replace(clean, " ").Trim(), Longest);
    }

    [GeneratedRegex(
        @"(?:Bearer|Basic)\s+[^\s""',;]+|\b(?:sk|pk|rk)-[A-Za-z0-9_\-*.]{4,}|\bAIza[A-Za-z0-9_\-]{10,}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Credential();

    [GeneratedRegex(
        @"((?:api[-_]?key|token|secret|password|[?&]key)[""']?\s*[=:]\s*[""']?)[^\s""'&,;]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(\w+://)[^/\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
