using System.Text;

namespace RolloutDashboard.Core.Import;

/// <summary>How records stand in a file.</summary>
public enum RecordLayout
{
    /// <summary>One object a line.</summary>
    Lines = 0,

    /// <summary>One object with a list "records" or "iteration_records".</summary>
    Wrapped = 1,

    /// <summary>One list.</summary>
    List = 2,
}

/// <summary>Tells from its first bytes what a file is.</summary>
internal static class FileHead
{
    private static readonly (byte[] Mark, string Name)[] Archives =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"),
    ];

    /// <returns>Length of the UTF-8 byte order mark, or 0.</returns>
    /// <exception cref="ImportException">The file is an archive or has another encoding.</exception>
    public static int SkipMark(ReadOnlySpan<byte> head)
    {
        if (head.Length == 0)
        {
            throw new ImportException("The file is empty.");
        }

        foreach (var (mark, name) in Archives)
        {
            if (head.StartsWith(mark))
            {
                throw new ImportException($"The file is {name}. Unpack it and import what is in it; archives are never unpacked here.");
            }
        }

        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (head.Length > 3 && (head[0] == 0 || head[1] == 0)))
        {
            throw new ImportException("The file is not UTF-8 but, by its first bytes, UTF-16 or UTF-32. Save it as UTF-8.");
        }

        return head.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    /// <returns>The layout, and where the first element's text begins.</returns>
    public static (RecordLayout Layout, int At) Judge(ReadOnlySpan<byte> head)
    {
        var first = head.IndexOfAnyExcept(" \t\r\n"u8);
        if (first >= 0 && head[first] == '[')
        {
            return (RecordLayout.List, first + 1);
        }

        return first >= 0 && head[first] == '{' && ListStart(head, first) is { } at ? (RecordLayout.Wrapped, at) : (RecordLayout.Lines, 0);
    }

    // The first object's own keys, up to its end: a list under one of the two names makes it a wrapper.
    private static int? ListStart(ReadOnlySpan<byte> head, int from)
    {
        var depth = 0;
        for (var at = from; at < head.Length; at++)
        {
            switch (head[at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return null;
                case (byte)'"':
                    var end = StringEnd(head, at);
                    if (end < 0)
                    {
                        return null;
                    }

                    if (depth == 1 && Encoding.UTF8.GetString(head[(at + 1)..end]) is "records" or "iteration_records" && AfterColon(head, end + 1) is { } list)
                    {
                        return list;
                    }

                    at = end;
                    break;
            }
        }

        return null;
    }

    private static int? AfterColon(ReadOnlySpan<byte> head, int at)
    {
        var rest = head[at..];
        var colon = rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (colon < 0 || rest[colon] != ':')
        {
            return null;
        }

        var list = rest[(colon + 1)..].IndexOfAnyExcept(" \t\r\n"u8);
        return list >= 0 && rest[colon + 1 + list] == '[' ? at + colon + list + 2 : null;
    }

    private static int StringEnd(ReadOnlySpan<byte> head, int quote)
    {
        for (var at = quote + 1; at < head.Length; at++)
        {
            if (head[at] == '\\')
            {
                at++;
            }
            else if (head[at] == '"')
            {
                return at;
            }
        }

        return -1;
    }
}
