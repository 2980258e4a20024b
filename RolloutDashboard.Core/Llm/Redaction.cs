using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Llm;

/// <summary>Makes the words of a provider fit to be logged, stored and shown: one line, cut, without keys.</summary>
public static partial class Redaction
{
    /// <summary>Longest text that comes out, in characters.</summary>
    public const int Longest = 300;

    private const string Gone = "[removed]";

    /// <param name="secrets">Keys in use; each is removed wherever it stands.</param>
    public static string Clean(string text, params IEnumerable<string> secrets)
    {
        var clean = Remove(text, secrets);
        clean = Credential().Replace(clean, Gone);
        clean = Assigned().Replace(clean, $"$1{Gone}");
        clean = UserInfo().Replace(clean, $"$1{Gone}@");
        return PromptSections.Cut(Space().Replace(clean, " ").Trim(), Longest);
    }

    /// <summary>The text without these keys and otherwise as it was.</summary>
    public static string Remove(string text, params IEnumerable<string> secrets)
    {
        var clean = text;
        foreach (var secret in secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length))
        {
            clean = clean.Replace(secret, Gone, StringComparison.Ordinal);
        }

        return clean;
    }

    [GeneratedRegex(@"(?:Bearer|Basic)\s+[^\s""',;]+|\b(?:sk|pk|rk)-[A-Za-z0-9_\-*.]{4,}|\bAIza[A-Za-z0-9_\-]{10,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    [GeneratedRegex(@"((?:api[-_]?key|token|secret|password|[?&]key)[""']?\s*[=:]\s*[""']?)[^\s""'&,;]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(\w+://)[^/\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
