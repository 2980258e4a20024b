using System.Text;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>Tells from its first bytes what a file is.</summary>
internal static class FormatSniffer
{
    private static readonly (byte[] Mark, string Name)[] Archives =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"),
        ([0x1F, 0x8B], "a gzip archive within a gzip archive"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ([0x80, 0x02], "a Python pickle"),
        ([0x80, 0x03], "a Python pickle"),
        ([0x80, 0x04], "a Python pickle"),
        ([0x80, 0x05], "a Python pickle"),
    ];

    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <returns>The encoding, null for UTF-8, and the length of its mark.</returns>
    /// <exception cref="ImportException">The file is nothing that is read here.</exception>
    public static (Encoding? Encoding, int Mark) Judge(ReadOnlySpan<byte> head)
    {
        if (head.Length == 0)
        {
            throw new ImportException("The file is empty.");
        }

        foreach (var (mark, name) in Archives)
        {
            if (head.StartsWith(mark))
            {
                throw new ImportException(
                    $"The file is {name}. Unpack or export it as JSON and import that; only gzip is unpacked here."
                );
            }
        }

        return head switch
        {
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, _, ..] or [_, 0, 0, 0, ..] =>
                throw new ImportException("The file is, by its first bytes, UTF-32. Save it as UTF-8."),
            [0xFF, 0xFE, ..] => (Utf16(bigEndian: false), 2),
            [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), 2),
            [not 0, 0, ..] => (Utf16(bigEndian: false), 0),
            [0, not 0, ..] => (Utf16(bigEndian: true), 0),
            [0xEF, 0xBB, 0xBF, ..] => (null, 3),
            _ => (null, 0),
        };
    }

    private static UnicodeEncoding Utf16(bool bigEndian) =>
        new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
}
