using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RolloutDashboard.Tests.Llm.Secrets;

/// <summary>Ways in which the other side may repeat a secret, written for tests alone.</summary>
internal static class Disguises
{
    private const int Width = 12;

    /// <summary>By name; what stands around the secret is part of some.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> All { get; } =
        new Dictionary<string, Func<string, string>>
        {
            ["plain"] = secret => secret,
            ["upper case"] = secret => secret.ToUpperInvariant(),
            ["lower case"] = secret => secret.ToLowerInvariant(),
            ["first twelve"] = secret => secret[..12],
            ["last twelve"] = secret => secret[^12..],
            ["spaced"] = secret => string.Join(' ', secret.AsEnumerable()),
            ["broken over lines"] = secret => $"{secret[..5]}\r\n    {secret[5..]}",
            ["with soft hyphens"] = secret => string.Join('\u00ad', secret.AsEnumerable()),
            ["base64"] = Base64,
            ["base64 for addresses"] = secret => Base64(secret).Replace('+', '-').Replace('/', '_').TrimEnd('='),
            ["base64 of a pair"] = secret => Base64($"me:{secret}"),
            ["base64 behind one byte"] = secret => Base64($"x{secret}y"),
            ["base64 behind two bytes"] = secret => Base64($"xx{secret}y"),
            ["base64 of SASL"] = secret => Base64($"\0me\0{secret}"),
            ["base64 of JSON"] = secret => Base64(JsonSerializer.Serialize(new { key = secret })),
            ["base64 of UTF-16"] = secret => Convert.ToBase64String(Encoding.Unicode.GetBytes(secret)),
            ["base64 twice"] = secret => Base64(Base64(secret)),
            ["base64 over lines"] = secret =>
                string.Join("\r\n", Base64(secret + secret).Chunk(10).Select(line => new string(line))),
            ["base64 in capitals"] = secret => Base64(secret).ToUpperInvariant(),
            ["base64 in an address"] = secret => Uri.EscapeDataString(Base64(secret)),
            ["percent"] = Uri.EscapeDataString,
            ["percent, all"] = secret => Each(secret, value => $"%{value:X2}"),
            ["percent, all, small"] = secret => Each(secret, value => $"%{value:x2}"),
            ["percent twice"] = secret => Each(secret, value => $"%25{value:x2}"),
            ["form"] = secret => Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal),
            ["JSON"] = secret => JsonSerializer.Serialize(secret),
            ["JSON, all"] = secret => string.Concat(secret.Select(letter => $"\\u{(int)letter:x4}")),
            ["JSON, all, capitals"] = secret => string.Concat(secret.Select(letter => $"\\u{(int)letter:X4}")),
            ["JSON in JSON"] = secret =>
                JsonSerializer.Serialize(
                    JsonSerializer.Serialize(
                        new { key = string.Concat(secret.Select(letter => $"\\u{(int)letter:x4}")) }
                    )
                ),
            ["slashes escaped"] = secret => secret.Replace("/", "\\/", StringComparison.Ordinal),
            ["HTML"] = System.Net.WebUtility.HtmlEncode,
            ["HTML, decimal"] = secret => string.Concat(secret.Select(letter => $"&#{(int)letter};")),
            ["HTML, hexadecimal"] = secret => string.Concat(secret.Select(letter => $"&#x{(int)letter:x};")),
            ["hexadecimal"] = secret => Each(secret, value => $"{value:x2}"),
            ["hexadecimal, capitals"] = secret => Each(secret, value => $"{value:X2}"),
            ["hexadecimal with colons"] = secret => Each(secret, value => $"{value:x2}:"),
            ["hexadecimal as in C"] = secret => Each(secret, value => $"\\x{value:x2}"),
            ["hexadecimal behind a digit"] = secret => "f" + Each(secret, value => $"{value:x2}"),
            ["quoted-printable"] = secret => Each(secret, value => $"={value:X2}"),
            ["quoted-printable over lines"] = secret =>
                string.Join("=\r\n", secret.Chunk(6).Select(line => new string(line))),
            ["part of a path"] = secret => $"/v1/keys/{Uri.EscapeDataString(secret)}/usage",
        };

    /// <summary>Whether a text holds twelve characters together of the secret as it is, or as it looks in any
    /// disguise.</summary>
    public static bool Leaks(string text, string secret)
    {
        var parts = Looks(secret)
            .SelectMany(Parts)
            .Select(part => part.ToLowerInvariant())
            .ToHashSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        var small = text.ToLowerInvariant();
        for (var at = 0; at + Width <= small.Length; at++)
        {
            if (parts.Contains(small.AsSpan(at, Width)))
            {
                return true;
            }
        }

        return false;
    }

    // Without what a disguise puts around: that is no secret.
    private static IEnumerable<string> Looks(string secret) =>
        [
            secret,
            Base64(secret)[..^4],
            Base64($"x{secret}")[4..^4],
            Base64($"xx{secret}")[4..^4],
            Convert.ToBase64String(Encoding.Unicode.GetBytes(secret))[..^4],
            Uri.EscapeDataString(secret),
            .. new[]
            {
                "percent, all",
                "percent twice",
                "JSON, all",
                "HTML, decimal",
                "HTML, hexadecimal",
                "hexadecimal",
                "hexadecimal with colons",
                "hexadecimal as in C",
                "quoted-printable",
                "spaced",
            }.Select(name => All[name](secret)),
        ];

    private static IEnumerable<string> Parts(string look) =>
        Enumerable.Range(0, Math.Max(0, look.Length - Width + 1)).Select(at => look.Substring(at, Width));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Each(string text, Func<byte, FormattableString> write) =>
        string.Concat(
            Encoding.UTF8.GetBytes(text).Select(value => write(value).ToString(CultureInfo.InvariantCulture))
        );
}
