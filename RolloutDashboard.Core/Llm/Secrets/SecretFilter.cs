using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>
/// Takes secrets out of texts that come from elsewhere, whole or in part, plain or encoded: percent-encoding, escapes
/// of JSON, references of HTML, quoted-printable, hexadecimal, base64, each inside another, and split by spaces or line
/// ends. Safe for several threads.
/// </summary>
public sealed class SecretFilter
{
    /// <summary>Stands for what was taken out.</summary>
    public const string Removed = "[removed]";

    /// <summary>Shortest secret that is taken out at all, in characters, and then only as a word of its own.</summary>
    public const int ShortestWord = 4;

    /// <summary>Shortest secret of which parts are taken out too, in characters.</summary>
    public const int ShortestInParts = SecretWindows.Width;

    private const int Nested = 4;
    private const int MostViews = 500;
    private const int MostGrowth = 48;
    private const int ChunkLength = 32 * 1024;
    private const int Overlap = 4 * 1024;

    private readonly SecretWindows _windows;
    private readonly byte[][] _words;
    private readonly int _least;

    /// <param name="secrets">In any order; empty and repeated ones do no harm.</param>
    public SecretFilter(IEnumerable<string> secrets)
    {
        var known = secrets
            .Select(secret => secret.Trim())
            .Where(secret => secret.Length >= ShortestWord)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var inParts = known.Where(secret => secret.Length >= ShortestInParts).ToArray();

        // Base64 whose case was changed can't be undone; UTF-16 without its zeros is Latin-1.
        _windows = new SecretWindows([
            .. inParts.Concat(inParts.SelectMany(Encoded)).Select(Encoding.UTF8.GetBytes),
            .. inParts.Select(Encoding.Latin1.GetBytes),
        ]);
        _words = [.. known.Where(secret => secret.Length < ShortestInParts).Select(Encoding.UTF8.GetBytes)];
        _least = _words.Length > 0 ? ShortestWord : ShortestInParts;
        IsEmpty = known.Length == 0;
    }

    /// <summary>Takes nothing out.</summary>
    public static SecretFilter None { get; } = new([]);

    /// <summary>Whether there is nothing to take out.</summary>
    public bool IsEmpty { get; }

    /// <summary>The text without the secrets; the same object where it holds none.</summary>
    public string Remove(string text)
    {
        if (IsEmpty || text.Length < ShortestWord)
        {
            return text;
        }

        var found = new List<(int Start, int End)>();
        for (var start = 0; start < text.Length; start += ChunkLength)
        {
            var length = Math.Min(ChunkLength + Overlap, text.Length - start);
            if (!Find(ByteView.Of(text.AsSpan(start, length), start), found))
            {
                // Made to be undone without end; what can't be looked through is not shown.
                var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"[removed: {text.Length} characters, encoded too often to look for secrets in them; SHA-256 {digest}]"
                );
            }
        }

        return found.Count == 0 ? text : Without(text, found);
    }

    private static IEnumerable<string> Encoded(string secret)
    {
        // Only the digits that are the same whatever stands before and behind.
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3; before++)
        {
            var digits = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var first = before == 0 ? 0 : before + 1;
            yield return digits[first..^((bytes.Length + before) % 3 == 0 ? 0 : 1)];
        }
    }

    private bool Find(ByteView text, List<(int Start, int End)> found)
    {
        var waiting = new Queue<(ByteView View, int Depth)>([(text, 0)]);
        var left = ((long)text.Count + Overlap) * MostGrowth;
        for (var seen = 0; waiting.TryDequeue(out var next); seen++)
        {
            left -= next.View.Count;
            if (seen == MostViews || left < 0)
            {
                return false;
            }

            _windows.Find(next.View, found);
            FindWords(next.View, found);
            if (next.Depth == Nested)
            {
                continue;
            }

            foreach (
                var decoded in new[]
                {
                    EscapeDecoder.Decode(next.View),
                    QuotedPrintableDecoder.Decode(next.View),
                    HexDecoder.Decode(next.View, _least),
                    Base64Decoder.Decode(next.View, _least),
                }
            )
            {
                if (decoded is not null)
                {
                    waiting.Enqueue((decoded, next.Depth + 1));
                }
            }
        }

        return true;
    }

    private void FindWords(ByteView view, List<(int Start, int End)> found)
    {
        foreach (var word in _words)
        {
            var bytes = view.Bytes;
            for (var at = bytes.IndexOf(word); at >= 0; )
            {
                var end = at + word.Length;
                if (
                    (at == 0 || !char.IsAsciiLetterOrDigit((char)bytes[at - 1]))
                    && (end == bytes.Length || !char.IsAsciiLetterOrDigit((char)bytes[end]))
                )
                {
                    found.Add((view.Start(at), view.End(end - 1)));
                }

                at = bytes[end..].IndexOf(word) is >= 0 and var next ? end + next : -1;
            }
        }
    }

    private static string Without(string text, List<(int Start, int End)> found)
    {
        found.Sort();
        var rest = new StringBuilder(text.Length);
        var (at, removed) = (0, -1);
        foreach (var (start, end) in found)
        {
            if (start > at || removed < 0)
            {
                rest.Append(text, at, start - at).Append(Removed);
            }

            (at, removed) = (Math.Max(at, end), 0);
        }

        return rest.Append(text, at, text.Length - at).ToString();
    }
}
