using System.IO.Compression;
using System.Text;
using RolloutDashboard.Core.Import;

namespace RolloutDashboard.Tests.Import;

/// <summary>Packed and otherwise written files: read within limits, or refused in a sentence.</summary>
public sealed class PackedHistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Lines => string.Join("\n", HistoryFile.Clean(30).Select(record => record.ToJsonString()));

    public static TheoryData<string, byte[]> Readable =>
        new()
        {
            { "gzip", Gzip(Encoding.UTF8.GetBytes(Lines)) },
            {
                "two gzip members",
                [.. Gzip(Encoding.UTF8.GetBytes(Lines[..500])), .. Gzip(Encoding.UTF8.GetBytes(Lines[500..]))]
            },
            { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Lines)] },
            { "UTF-16 little endian", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Lines)] },
            {
                "UTF-16 big endian",
                [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Lines)]
            },
            { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Lines) },
            { "UTF-16 in gzip", Gzip([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Lines)]) },
        };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Preview_PackedOrOtherwiseWritten_ReadsTheSame(string how, byte[] content)
    {
        using var file = HistoryFile.OfBytes(content);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.True(
            (report.Records, report.ProblemCount) == (30, 0),
            $"{how}: {report.Records} records, {report.ProblemCount} problems."
        );
    }

    [Fact]
    public void Preview_PackedList_IsReadToItsFactsBehind()
    {
        using var file = HistoryFile.OfBytes(
            Gzip(
                Encoding.UTF8.GetBytes(
                    $"{{\"records\": [{Lines.Replace("\n", ",", StringComparison.Ordinal)}], \"test_completed\": true}}"
                )
            )
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((30L, true), (report.Records, report.CalledComplete));
    }

    [Fact]
    public void Preview_ArchiveThatUnpacksToTooMuch_EndsInASentence()
    {
        using var file = HistoryFile.OfBytes(
            Gzip(Encoding.ASCII.GetBytes(new string(' ', 100 * 1024 * 1024)), CompressionLevel.SmallestSize)
        );

        var refusal = Assert.Throws<ImportException>(() => ImportFile.Preview(file.Path, new ImportOptions(), Token));
        var limited = Assert.Throws<ImportException>(() =>
            ImportFile.Preview(file.Path, new ImportOptions { LargestUnpacked = 1024 * 1024 }, Token)
        );

        Assert.Contains("unpacks to more than", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("unpacks to more than", limited.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_DamagedArchive_EndsInASentence()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Lines));
        Array.Fill(packed, (byte)0xAA, 20, 60);
        using var file = HistoryFile.OfBytes(packed);

        var refusal = Assert.Throws<ImportException>(() => ImportFile.Preview(file.Path, new ImportOptions(), Token));

        Assert.Contains("gzip archive that is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_ArchiveCutOff_SaysThatItEndsInTheMiddle()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Lines));
        using var file = HistoryFile.OfBytes(packed[..(packed.Length / 2)]);

        var (problem, refusal) = ("", "");
        try
        {
            problem = ImportFile.Preview(file.Path, new ImportOptions(), Token).Problems.Single().Reason;
        }
        catch (ImportException exception)
        {
            refusal = exception.Message;
        }

        Assert.True(
            problem.Contains("ends in the middle", StringComparison.Ordinal)
                || refusal.Contains("damaged", StringComparison.Ordinal),
            $"{problem}{refusal}"
        );
    }

    [Fact]
    public void Preview_Utf16ThatGoesOnOtherwise_EndsInASentence()
    {
        using var file = HistoryFile.OfBytes([0xFF, 0xFE, 0x7B, 0x00, 0x00, 0xD8, 0x41, 0x00]);

        Assert.Contains(
            "Save it as UTF-8",
            Assert.Throws<ImportException>(() => ImportFile.Preview(file.Path, new ImportOptions(), Token)).Message,
            StringComparison.Ordinal
        );
    }

    private static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
