using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

/// <summary>Files that want to be too much: each has its bound, its words, and disturbs nothing else.</summary>
public sealed class HostileFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Preview_EveryRecordItsOwnRun_ListsTheFirstAndCountsTheRest()
    {
        using var file = HistoryFile.Of(string.Join('\n', Enumerable.Repeat("{\"iteration_num\": 1}", 5000)));

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        // A number that comes again at once is a copy; one that goes back to the start is another run.
        Assert.Equal(5000, report.Records);
        using var restarts = HistoryFile.Of(
            string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{{\"iteration_num\": {1 + (i % 2)}}}"))
        );
        var runs = ImportFile.Preview(restarts.Path, new ImportOptions(), Token);
        Assert.Equal((100, 2400L), (runs.Runs.Count, runs.OtherRuns));
    }

    [Fact]
    public void Preview_ThousandsOfNames_KeepsAHandful()
    {
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                Enumerable
                    .Range(1, 3000)
                    .Select(i => $"{{\"iteration_num\": {i}, \"field_{i}\": 1, \"generation_method\": \"method {i}\"}}")
            )
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((3000L, 200), (report.Records, report.UnknownFields.Count));
        Assert.InRange(report.Declared.Count, 2, 51);
        Assert.Equal(3000, report.Declared.Values.Sum());
    }

    [Fact]
    public void Preview_EveryErrorItsOwn_IsCheckedInOnePass()
    {
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                Enumerable
                    .Range(1, 20_000)
                    .Select(i =>
                        $"{{\"iteration_num\": {i}, \"execution_result\": {{\"success\": false, \"error_type\": \"E{Letters(i)}\"}}}}"
                    )
            )
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.DoesNotContain(report.Runs.SelectMany(run => run.Findings), finding => finding.Code == "error-cluster");
    }

    [Fact]
    public void Preview_LongRunWithAFaultInEachPart_SaysItOnceWithFewNumbers()
    {
        var records = HistoryFile.Clean(900);
        foreach (var record in records.Where(record => record["json_mode"]!.GetValue<bool>()))
        {
            record["strategy_code"] = HistoryFile.Program(record["iteration_num"]!.GetValue<int>());
        }

        using var file = HistoryFile.OfRecords(records);
        var report = ImportFile.Preview(file.Path, new ImportOptions { CheckWindow = 300 }, Token);

        var finding = report.Runs.Single().Findings.Single(one => one.Code == "arm-contamination");
        Assert.StartsWith("In 3 of 3 parts of this run", finding.Sentence, StringComparison.Ordinal);
        Assert.InRange(finding.Iterations.Count, 1, 200);
    }

    [Theory]
    [InlineData("\"iteration_num\": 9223372036854775807", "iteration_num is no whole number")]
    [InlineData("\"metrics\": {\"sharpe_ratio\": {}}", "metrics.sharpe_ratio is no number")]
    [InlineData("\"x\": DEEP", "not valid JSON")]
    public void Preview_FieldBeyondItsBound_IsNamed(string field, string words)
    {
        var text = field.Replace("DEEP", new string('[', 5000), StringComparison.Ordinal);
        var bad = field.Contains("iteration_num", StringComparison.Ordinal)
            ? $"{{{text}}}"
            : $"{{\"iteration_num\": 2, {text}}}";
        using var file = HistoryFile.Of($"{{\"iteration_num\": 1}}\n{bad}\n{{\"iteration_num\": 3}}\n");

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal(2, report.Records);
        Assert.Contains(words, Assert.Single(report.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_MarkAndWindowsLineEnds_AreNoPartOfARecord()
    {
        var text = string.Join("\r\n", HistoryFile.Clean().Select(record => record.ToJsonString())) + "\r\n";
        using var file = HistoryFile.OfBytes([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((60L, 0L), (report.Records, report.ProblemCount));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public async Task Execute_BareToken_IsKeptAsNothingAndFoundImplausible(string token)
    {
        using var file = HistoryFile.Of(
            $"{{\"iteration_num\": 1, \"strategy_code\": \"x = NaN\", \"execution_result\": {{\"success\": true}}, \"metrics\": {{\"sharpe_ratio\": {token}, \"total_return\": 0.1, \"max_drawdown\": -0.1}}}}"
        );

        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);

        Assert.Contains(report.Runs.Single().Findings, finding =>
            finding is { Code: "implausible", Subject: "not-finite" }
        );
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Null((await db.Iterations.SingleAsync(Token)).SharpeRatio);
        Assert.Equal("x = NaN", (await db.Strategies.SingleAsync(Token)).Code);
    }

    [Fact]
    public async Task Execute_Cancelled_KeepsNothing()
    {
        using var file = HistoryFile.OfRecords(HistoryFile.Clean(6000));
        using var cancel = new CancellationTokenSource();
        var progress = new Immediate(cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TestEngine.Import.ExecuteAsync(
                file.Path,
                file.Database,
                new ImportOptions(),
                "x",
                progress,
                mayKeep: null,
                cancel.Token
            )
        );

        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal((0, 0), (await db.Sets.CountAsync(Token), await db.Iterations.CountAsync(Token)));
    }

    [Fact]
    public async Task Execute_RowThatTheDatabaseRefuses_FailsWithItsReasonInsteadOfWaiting()
    {
        using var file = HistoryFile.OfRecords(HistoryFile.Clean(6000));
        await using (var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token))
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Full BEFORE INSERT ON Iterations WHEN NEW.Number = 10 BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
                Token
            );
        }

        var failure = await Assert.ThrowsAsync<SqliteException>(() =>
            TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token)
        );

        Assert.Contains("disk is full", failure.Message, StringComparison.Ordinal);
        await using var after = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal(0, await after.Iterations.CountAsync(Token));
    }

    // Digits are taken out of error signatures, letters are not.
    private static string Letters(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    private sealed class Immediate(CancellationTokenSource cancel) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => cancel.Cancel();
    }
}
