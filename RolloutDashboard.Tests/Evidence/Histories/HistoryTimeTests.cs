using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evidence.Histories;

/// <summary>Times and the order of records: nothing guessed, nothing dropped.</summary>
public sealed class HistoryTimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_TimesThatAreNone_AreNamedLineByLineAndTheRecordsKept()
    {
        string[] times = ["2026-01-05T08:00:00Z", "05.01.2026 09:00", "12:30", "yesterday", "1767607200"];
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                times.Select((time, i) => $"{{\"iteration_num\": {i}, \"success\": true, \"timestamp\": \"{time}\"}}")
            )
        );

        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);

        Assert.Equal((5L, 0L), (report.Records, report.ProblemCount));
        Assert.Equal([(2L, "05.01.2026 09:00")], Examples(report, ImportQuestionKind.DateOrder));
        Assert.Equal([(3L, "12:30"), (4L, "yesterday")], Examples(report, ImportQuestionKind.TimeUnreadable));
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal(
            [true, false, false, false, true],
            await db.Iterations.OrderBy(row => row.Number).Select(row => row.At != null).ToListAsync(Token)
        );
    }

    [Fact]
    public void Preview_DayFirstSaid_IsRead()
    {
        using var file = HistoryFile.Of(
            "{\"iteration_num\": 1, \"success\": true, \"timestamp\": \"05.01.2026 09:00\"}"
        );
        var (mapping, _) = HistoryMapping.Parse(["timestamp=timestamp:day-first"]);

        var report = ImportFile.Preview(
            file.Path,
            new ImportOptions { Mapping = mapping!, Zone = TimeZoneInfo.Utc },
            Token
        );

        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), report.From);
    }

    // In Berlin the clock went from 03:00 back to 02:00 on 26 October 2025, and skipped 02:00 to 03:00 on 30 March.
    [Fact]
    public void Preview_HourThatTheClockRepeats_IsNoFault()
    {
        string[] times = ["01:30", "02:20", "02:50", "02:10", "02:40", "03:10"];
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                times.Select(
                    (time, i) =>
                        $"{{\"iteration_num\": {i}, \"json_mode\": true, \"success\": true, \"timestamp\": \"2025-10-26T{time}:00\"}}"
                )
            )
        );

        var report = ImportFile.Preview(
            file.Path,
            new ImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") },
            Token
        );

        Assert.Equal((new TimeSpan(2, 40, 0), 1), (report.To - report.From, report.Runs.Count));
        Assert.DoesNotContain(report.Runs.SelectMany(run => run.Findings), finding =>
            finding.Code == "missing-records"
        );
    }

    [Fact]
    public void Preview_HourThatTheClockSkips_IsNamed()
    {
        using var file = HistoryFile.Of(
            "{\"iteration_num\": 1, \"success\": true, \"timestamp\": \"2025-03-30T02:30:00\"}"
        );

        var report = ImportFile.Preview(
            file.Path,
            new ImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") },
            Token
        );

        Assert.Contains(
            "skips this hour",
            Assert
                .Single(report.Questions, question => question.Kind == ImportQuestionKind.TimeUnreadable)
                .Examples[0]
                .Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_Shuffled_IsOneRunSortedByNumberAndSaidOnce(bool withTimes)
    {
        var records = HistoryFile.Clean(60);
        if (!withTimes)
        {
            Array.ForEach(records, record => record.Remove("timestamp"));
        }

        var random = new Random(7);
        random.Shuffle(records);
        using var file = HistoryFile.OfRecords(records);

        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);

        var run = Assert.Single(report.Runs);
        Assert.True(run.SortedByNumber);
        Assert.Contains(
            "sorted by number",
            Assert.Single(report.Questions, question => question.Kind == ImportQuestionKind.OutOfOrder).Subject,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(run.Findings, finding => finding.Code == "missing-records");
        var read = await new ReadImportedHistories(
            new Core.Storage.Files.DataDirectory(file.Folder),
            TestEngine.Provider
        ).ReadAsync(1, null, 100, Token);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => (long)number), read.Select(one => one.Number));
    }

    [Fact]
    public void Preview_OutOfOrderAgainstItsTimes_KeepsTheOrderOfTheFile()
    {
        var records = HistoryFile.Clean(20);
        (records[3], records[7]) = (records[7], records[3]);
        (records[3]["timestamp"], records[7]["timestamp"]) = (
            records[7]["timestamp"]!.DeepClone(),
            records[3]["timestamp"]!.DeepClone()
        );
        using var file = HistoryFile.OfRecords(records);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.False(Assert.Single(report.Runs).SortedByNumber);
        Assert.Contains(
            "order of the file is kept",
            Assert.Single(report.Questions, question => question.Kind == ImportQuestionKind.OutOfOrder).Subject,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Execute_FileThatRepeatsMostOfAnother_SaysWhichAndHowMuch()
    {
        using var first = HistoryFile.OfRecords(HistoryFile.Clean(60));
        using var grown = HistoryFile.OfRecords(HistoryFile.Clean(80));
        using var other = HistoryFile.OfRecords(HistoryFile.Clean(160).Skip(100));
        await TestEngine.Import.ExecuteAsync(first.Path, first.Database, new ImportOptions(), Token);

        var preview = await TestEngine.Import.WithRepeatsAsync(
            ImportFile.Preview(grown.Path, new ImportOptions(), Token),
            first.Database,
            Token
        );
        var kept = await TestEngine.Import.ExecuteAsync(grown.Path, first.Database, new ImportOptions(), Token);
        var apart = await TestEngine.Import.ExecuteAsync(other.Path, first.Database, new ImportOptions(), Token);

        foreach (var report in new[] { preview, kept })
        {
            var repeat = Assert.Single(report.Questions, question =>
                question.Kind == ImportQuestionKind.RepeatsOtherSet
            );
            Assert.Equal((60L, "data set 1 (history.jsonl)"), (repeat.Records, repeat.Subject));
        }

        Assert.DoesNotContain(apart.Questions, question => question.Kind == ImportQuestionKind.RepeatsOtherSet);
    }

    private static IEnumerable<(long Line, string Value)> Examples(ImportReport report, ImportQuestionKind kind) =>
        Assert
            .Single(report.Questions, question => question.Kind == kind)
            .Examples.Select(example => (example.Line, example.Reason));
}
