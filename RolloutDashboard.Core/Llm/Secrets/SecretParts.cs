namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>What is secret in an address: sign-in, values of the query, and the segments of the path that are no
/// words.</summary>
public static class SecretParts
{
    private const int LongWord = 16;

    /// <param name="isSecret">Whether the address as such is a secret: then the end of its path is one, whatever it
    /// looks like.</param>
    /// <returns>Nothing for a text that is no absolute address.</returns>
    public static IReadOnlyList<string> OfAddress(string? address, bool isSecret = false) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? [.. OfUserInfo(uri), .. OfPath(uri, isSecret), .. OfQuery(uri)]
            : [];

    private static IEnumerable<string> OfUserInfo(Uri uri) =>
        uri.UserInfo.Length == 0 ? []
        : uri.UserInfo.Split(':', 2) is [_, var password] ? [Uri.UnescapeDataString(password)]
        : [Uri.UnescapeDataString(uri.UserInfo)];

    // "/services/T0123/B4567/token": from the first segment on that nobody would say.
    private static IEnumerable<string> OfPath(Uri uri, bool isSecret)
    {
        var segments = uri
            .AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(Uri.UnescapeDataString)
            .ToArray();
        var first = Array.FindIndex(segments, IsNoWord);
        return first >= 0 ? [string.Join('/', segments[first..]), .. segments[first..].Where(IsNoWord)]
            : isSecret ? segments.TakeLast(1)
            : [];
    }

    private static IEnumerable<string> OfQuery(Uri uri) =>
        uri
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => Uri.UnescapeDataString(pair[^1].Replace('+', ' ')))
            .Where(IsNoWord);

    private static bool IsNoWord(string text) =>
        text.Length >= LongWord
        || (
            text.Length >= SecretFilter.ShortestInParts
            && text.Any(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character))
        );
}
