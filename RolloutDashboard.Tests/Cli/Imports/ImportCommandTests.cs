using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Cli.Imports;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Cli.Imports;

public sealed class ImportCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_GoodBadAndMissing_ExitCodeIsTheWorst()
    {
        using var clean = HistoryFile.OfRecords(HistoryFile.Clean());
        using var cut = HistoryFile.Of("{\"iteration_num\": 1}\n{\"iteration_n");

        Assert.Equal(0, (await RunAsync("import", clean.Path, "--dry-run")).Code);
        Assert.Equal(1, (await RunAsync("import", clean.Path, cut.Path, "--dry-run")).Code);
        var (code, output, error) = await RunAsync("import", clean.Path, "/nowhere/file.jsonl", cut.Path, "--dry-run");

        Assert.Equal(2, code);
        Assert.Contains("There is no file /nowhere/file.jsonl", error, StringComparison.Ordinal);
        Assert.Contains("line 2: The file ends in the middle of this record", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--zone", "Mars/Base", "no time zone")]
    [InlineData("--share", "7", "is no share")]
    [InlineData("--example", "none", "no set of parameters")]
    public async Task Import_WrongOption_IsRefusedInWords(string option, string value, string words)
    {
        using var clean = HistoryFile.OfRecords(HistoryFile.Clean());

        var (code, _, error) = await RunAsync("import", clean.Path, "--dry-run", option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TimesWithoutZone_AskForOneAndEndWithTwo()
    {
        using var file = HistoryFile.Of(
            "{\"iteration_num\": 1, \"success\": true, \"timestamp\": \"2026-01-05T09:00:00\"}"
        );

        foreach (
            var arguments in (string[][])
                [
                    ["--dry-run"],
                    ["--data", file.Folder],
                ]
        )
        {
            var (asked, _, error) = await RunAsync(["import", file.Path, .. arguments]);
            var (said, output, _) = await RunAsync(["import", file.Path, "--zone", "UTC", .. arguments]);

            Assert.Equal((2, 0), (asked, said));
            Assert.Contains(
                "history.jsonl: 1 timestamp names no time zone. Say which it is, for example --zone Asia/Taipei or --zone UTC.",
                error,
                StringComparison.Ordinal
            );
            Assert.Contains("1 record names no arm", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Import_OtherNames_TheRefusalItselfSaysWhatReadsThem()
    {
        using var file = HistoryFile.Of(
            "{\"run\": {\"samples\": [{\"step\": 1, \"stats\": {\"sharpe\": 0.5, \"cagr\": 0.1}}]}}"
        );
        var (refused, _, error) = await RunAsync("import", file.Path, "--dry-run");
        var options = error[error.IndexOf("--list", StringComparison.Ordinal)..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        var (read, output, _) = await RunAsync([
            "import",
            file.Path,
            "--data",
            file.Folder,
            "--save-mapping",
            "mine",
            "--zone",
            "Asia/Taipei",
            .. options,
        ]);
        var (again, repeated, _) = await RunAsync("import", file.Path, "--data", file.Folder, "--mapping", "mine");
        var (unknown, _, words) = await RunAsync("import", file.Path, "--data", file.Folder, "--mapping", "yours");

        Assert.Equal((2, 0, 0, 2), (refused, read, again, unknown));
        Assert.Contains(
            "success 100.0 % of 1 at level 3; mean Sharpe 0.5 of 1; distinct strategies unknown",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("was imported before, as data set 1", repeated, StringComparison.Ordinal);
        Assert.Contains("No mapping is saved as 'yours'", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Json_PrintsOneDocumentAndListShowsTheSet()
    {
        using var clean = HistoryFile.OfRecords(HistoryFile.Clean());

        var (_, imported, _) = await RunAsync("import", clean.Path, "--data", clean.Folder, "--json");
        var (_, listed, _) = await RunAsync("imports", "list", "--data", clean.Folder, "--json");
        var (code, _, error) = await RunAsync("imports", "delete", "1", "--data", clean.Folder);

        Assert.Equal(60, JsonNode.Parse(imported)!["records"]!.GetValue<int>());
        Assert.Equal("history.jsonl", JsonNode.Parse(listed)![0]!["name"]!.GetValue<string>());
        Assert.Equal(2, code);
        Assert.Contains("There is no database", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_KeptSet_PrintsTheFiguresAndEachGate()
    {
        using var clean = HistoryFile.OfRecords(HistoryFile.Clean());
        await RunAsync("import", clean.Path, "--data", clean.Folder);

        var (code, text, _) = await RunAsync("imports", "show", "1", "--data", clean.Folder);
        var (_, json, _) = await RunAsync("imports", "show", "1", "--json", "--data", clean.Folder);
        var (missing, _, error) = await RunAsync("imports", "show", "4", "--data", clean.Folder);

        Assert.Equal(0, code);
        Assert.Contains("success rate         80.0 %, 48 of 60 records at Level 3", text, StringComparison.Ordinal);
        Assert.Contains("mean Sharpe          0.49, of 48 records", text, StringComparison.Ordinal);
        Assert.Contains("distinct strategies  60, among 60 records", text, StringComparison.Ordinal);
        Assert.Contains("not answered   Data fresh, Monitoring works", text, StringComparison.Ordinal);
        Assert.Equal(0.8, JsonNode.Parse(json)!["overall"]!["success_rate"]!.GetValue<double>());
        Assert.Equal((2, "There is no data set 4."), (missing, error.Trim()));
    }

    [Fact]
    public async Task Import_KilledInBetween_LeavesNothingHalfAndWorksAgain()
    {
        // So many that SQLite's cache is full long before the end: the log grows while most is still to come.
        const int Records = 100_000;
        using var file = HistoryFile.OfRecords(HistoryFile.Clean(Records));
        using (var process = Start(file))
        {
            var log = file.Database + "-wal";
            while (!process.HasExited && !(File.Exists(log) && new FileInfo(log).Length > 1_000_000))
            {
                await Task.Delay(5, Token);
            }

            Assert.False(process.HasExited, "The import ended before it could be killed.");
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        await using (var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token))
        {
            Assert.Equal((0, 0), (await db.Sets.CountAsync(Token), await db.Iterations.CountAsync(Token)));
        }

        var (code, _, error) = await RunAsync("import", file.Path, "--data", file.Folder);
        Assert.True(code == 0, error);
        await using var again = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal((1, Records), (await again.Sets.CountAsync(Token), await again.Iterations.CountAsync(Token)));
    }

    private static Process Start(HistoryFile file)
    {
        var configuration = AppContext.BaseDirectory.Contains(
            $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal
        )
            ? "Release"
            : "Debug";
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (
            var argument in new[]
            {
                Path.Combine(
                    ApplicationRoot.Find(),
                    "RolloutDashboard",
                    "bin",
                    configuration,
                    "net10.0",
                    "RolloutDashboard.dll"
                ),
                "import",
                file.Path,
                "--data",
                file.Folder,
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand
        {
            ImportCommand.Create(
                () => throw new InvalidOperationException("The tests name their folder."),
                TimeProvider.System
            ),
            ImportsCommand.Create(
                () => throw new InvalidOperationException("The tests name their folder."),
                TimeProvider.System
            ),
        };
        var code = await root.Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Token);
        return (code, output.ToString(), error.ToString());
    }
}
