using System.Globalization;
using System.Net;
using System.Text;

namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Undoes percent-encoding, backslash escapes of JSON and program texts, and character references of HTML,
/// wherever they stand.</summary>
internal static class EscapeDecoder
{
    private const int LongestReference = 12;

    // Punctuation that the framework's table, of HTML 4, does not name.
    private static readonly Dictionary<string, char> Named = new(StringComparer.Ordinal)
    {
        ["sol"] = '/',
        ["bsol"] = '\\',
        ["plus"] = '+',
        ["equals"] = '=',
        ["colon"] = ':',
        ["semi"] = ';',
        ["lowbar"] = '_',
        ["period"] = '.',
        ["comma"] = ',',
        ["num"] = '#',
        ["dollar"] = '$',
        ["percnt"] = '%',
        ["excl"] = '!',
        ["commat"] = '@',
        ["lpar"] = '(',
        ["rpar"] = ')',
        ["ast"] = '*',
        ["quest"] = '?',
        ["lsqb"] = '[',
        ["rsqb"] = ']',
        ["lcub"] = '{',
        ["rcub"] = '}',
        ["verbar"] = '|',
        ["Hat"] = '^',
        ["grave"] = '`',
    };

    /// <returns>Null where nothing is escaped.</returns>
    public static ByteView? Decode(ByteView view)
    {
        if (view.Bytes.IndexOfAny("%\\&"u8) < 0)
        {
            return null;
        }

        var (decoded, found) = (new ByteView(view.Count), false);
        for (var at = 0; at < view.Count; )
        {
            var length = view[at] switch
            {
                (byte)'%' => Percent(view, at, decoded),
                (byte)'\\' => Backslash(view, at, decoded),
                (byte)'&' => Reference(view, at, decoded),
                _ => 0,
            };
            found |= length > 0;
            if (length == 0)
            {
                decoded.Copy(view, at);
            }

            at += Math.Max(length, 1);
        }

        return found ? decoded : null;
    }

    // Each gives the number of bytes that it took; 0 if it is no escape.
    private static int Percent(ByteView view, int at, ByteView decoded)
    {
        if (Number(view, at + 1, 2, 16) is { } value)
        {
            decoded.Add((byte)value, view.Start(at), view.End(at + 2));
            return 3;
        }

        return at + 1 < view.Count && view[at + 1] is (byte)'u' or (byte)'U' ? Character(view, at, 2, 4, decoded) : 0;
    }

    private static int Backslash(ByteView view, int at, ByteView decoded)
    {
        if (at + 1 >= view.Count)
        {
            return 0;
        }

        switch (view[at + 1])
        {
            case (byte)'u':
                return Character(view, at, 2, 4, decoded);
            case (byte)'U':
                return Character(view, at, 2, 8, decoded);
            case (byte)'x' when Number(view, at + 2, 2, 16) is { } hex:
                decoded.Add((byte)hex, view.Start(at), view.End(at + 3));
                return 4;
            case >= (byte)'0' and <= (byte)'3' when Number(view, at + 1, 3, 8) is { } octal:
                decoded.Add((byte)octal, view.Start(at), view.End(at + 3));
                return 4;
            case (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f':
                return 2;
            case (byte)'\\' or (byte)'/' or (byte)'"' or (byte)'\'':
                decoded.Add(view[at + 1], view.Start(at), view.End(at + 1));
                return 2;
            default:
                return 0;
        }
    }

    private static int Character(ByteView view, int at, int prefix, int digits, ByteView decoded)
    {
        if (Number(view, at + prefix, digits, 16) is not { } value)
        {
            return 0;
        }

        decoded.AddCharacter(value, view.Start(at), view.End(at + prefix + digits - 1));
        return prefix + digits;
    }

    // The semicolon may be missing behind a number, as browsers allow.
    private static int Reference(ByteView view, int at, ByteView decoded)
    {
        var rest = view.Bytes[at..Math.Min(view.Count, at + LongestReference)];
        if (rest.Length > 2 && rest[1] == '#')
        {
            var isHex = rest[2] is (byte)'x' or (byte)'X';
            var start = isHex ? 3 : 2;
            var end = start;
            while (
                end < rest.Length
                && (isHex ? char.IsAsciiHexDigit((char)rest[end]) : char.IsAsciiDigit((char)rest[end]))
            )
            {
                end++;
            }

            if (
                !uint.TryParse(
                    Encoding.ASCII.GetString(rest[start..end]),
                    isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var value
                )
            )
            {
                return 0;
            }

            end += end < rest.Length && rest[end] == ';' ? 1 : 0;
            decoded.AddCharacter(value, view.Start(at), view.End(at + end - 1));
            return end;
        }

        var semicolon = rest.IndexOf((byte)';');
        return semicolon > 1
            ? NamedReference(view, at, semicolon + 1, Encoding.ASCII.GetString(rest[1..semicolon]), decoded)
            : 0;
    }

    private static int NamedReference(ByteView view, int at, int length, string name, ByteView decoded)
    {
        var text = Named.TryGetValue(name, out var known) ? known.ToString() : WebUtility.HtmlDecode($"&{name};");
        if (text.Length != 1)
        {
            return 0;
        }

        decoded.AddCharacter(text[0], view.Start(at), view.End(at + length - 1));
        return length;
    }

    private static uint? Number(ByteView view, int at, int digits, int radix)
    {
        if (at + digits > view.Count)
        {
            return null;
        }

        var value = 0u;
        for (var i = at; i < at + digits; i++)
        {
            var digit = HexDigits.ValueOf(view[i]);
            if (digit < 0 || digit >= radix)
            {
                return null;
            }

            value = (value * (uint)radix) + (uint)digit;
        }

        return value;
    }
}
