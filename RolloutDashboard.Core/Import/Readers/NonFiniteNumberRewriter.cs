using System.Buffers;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Puts NaN, Infinity and -Infinity, as Python writes them, into quotes, so that the text becomes
/// JSON.</summary>
internal static class NonFiniteNumberRewriter
{
    private static readonly byte[][] Tokens = ["NaN"u8.ToArray(), "-Infinity"u8.ToArray(), "Infinity"u8.ToArray()];

    /// <returns>The text itself where it holds none.</returns>
    public static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> scratch)
    {
        if (text.IndexOf("NaN"u8) < 0 && text.IndexOf("Infinity"u8) < 0)
        {
            return text;
        }

        scratch.ResetWrittenCount();
        var inString = false;
        for (var at = 0; at < text.Length; at++)
        {
            var symbol = text[at];
            if (inString && symbol == '\\' && at + 1 < text.Length)
            {
                scratch.Write(text.Slice(at++, 2));
                continue;
            }

            inString ^= symbol == '"';
            if (!inString && Token(text[at..]) is { } token)
            {
                scratch.Write("\""u8);
                scratch.Write(token);
                scratch.Write("\""u8);
                at += token.Length - 1;
                continue;
            }

            scratch.Write(text.Slice(at, 1));
        }

        return scratch.WrittenSpan;
    }

    private static byte[]? Token(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'N' or (byte)'I' or (byte)'-'))
        {
            return null;
        }

        foreach (var token in Tokens)
        {
            if (text.StartsWith(token))
            {
                return token;
            }
        }

        return null;
    }
}
