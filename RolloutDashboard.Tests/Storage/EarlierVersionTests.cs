using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Cli;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Recovery;

namespace RolloutDashboard.Tests.Storage;

/// <summary>A data directory that an earlier version wrote answers the same in this one, and the loop goes on in
/// it.</summary>
public sealed class EarlierVersionTests : IDisposable
{
    private static readonly string s_fixture = Path.Combine(AppContext.BaseDirectory, "Storage", "EarlierVersion");
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-earlier-").FullName;

    public EarlierVersionTests()
    {
        using var packed = new GZipStream(
            File.OpenRead(Path.Combine(s_fixture, "data.tar.gz")),
            CompressionMode.Decompress
        );
        TarFile.ExtractToDirectory(packed, _folder, overwriteFiles: false);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0, "verify.txt", "verify")]
    [InlineData(0, "replay-verify.txt", "replay", "--verify")]
    [InlineData(0, "replay.txt", "replay")]
    [InlineData(1, "compare.txt", "compare", "production;mode=json", "production;mode=full-code")]
    public async Task Command_DataOfTheEarlierVersion_AnswersToTheLastDigitWhatItAnswered(
        int expectedCode,
        string expected,
        params string[] words
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        var code = await CommandLine.RunAsync([.. words, "--data", _folder], TextReader.Null, output, error, Token);

        Assert.Equal((expectedCode, ""), (code, error.ToString()));
        Assert.Equal(
            Answer(await File.ReadAllTextAsync(Path.Combine(s_fixture, expected), Token)),
            Answer(output.ToString())
        );
    }

    [Fact]
    public async Task Start_DataOfTheEarlierVersion_OpensAndGoesOnInFullCode()
    {
        await using var house = await RecoveryHouse.OpenInAsync(_folder, Token);

        await house.IterateAsync(3, Token);

        Assert.Equal(
            [201L, 202L, 203L],
            await house.ReadAsync(db =>
                db.Iterations.Where(row => row.Number > 200 && row.AssignedMode == GenerationMode.FullCode)
                    .OrderBy(row => row.Number)
                    .Select(row => row.Number)
                    .ToListAsync(Token)
            )
        );
        Assert.Empty(await house.FaultsAsync(Token));
    }

    private static string Answer(string text) =>
        string.Join(
                '\n',
                text.Split('\n')
                    .Where(line =>
                        !line.StartsWith("- Made: ", StringComparison.Ordinal)
                        && !line.StartsWith("- By: ", StringComparison.Ordinal)
                    )
            )
            .TrimEnd();
}
