using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

/// <summary>Files with other names: refused with what would read them, and read by it.</summary>
public sealed class MappedImportTests
{
    private static readonly string Foreign = string.Join(
        '\n',
        Enumerable
            .Range(0, 12)
            .Select(i =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"when\": {{\"started_at\": \"2026-01-05T0{i % 10}:00:00\"}}, \"hparams\": {{\"w\": {i}}}, \"score\": {{\"sharpe\": {0.1 * i}, \"cagr\": 0.02, \"mdd\": 0.{i + 1}, \"hit-rate\": 0.5}}, \"variant\": \"{(i % 2 == 0 ? "control" : "test")}\"}}"
                )
            )
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_OtherNames_AreRefusedWithTheFieldsAndTheMappingThatReadsThem()
    {
        using var file = HistoryFile.Of(Foreign);

        var refusal = await Assert.ThrowsAsync<ImportException>(() =>
            TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token)
        );

        Assert.Contains("score.sharpe (0)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "--map timestamp=when.started_at --map metrics.sharpe_ratio=score.sharpe --map metrics.annual_return=score.cagr --map metrics.max_drawdown=score.mdd:negated "
                + "--map metrics.win_rate=score.hit-rate --map parameters=hparams --map arm=variant:control=full-code,test=json",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Execute_WithTheProposedMapping_ReadsArmsUnitsAndSigns()
    {
        using var file = HistoryFile.Of(Foreign);
        var proposed = ImportFile.Preview(file.Path, new ImportOptions(), Token).Suggested!;

        var asked = ImportFile.Preview(file.Path, new ImportOptions { Mapping = proposed }, Token);
        var report = await TestEngine.Import.ExecuteAsync(
            file.Path,
            file.Database,
            new ImportOptions { Mapping = proposed with { Zone = "Asia/Taipei" } },
            Token
        );

        Assert.Equal(
            (12L, true),
            (asked.WithoutZone, asked.Questions[0] is { Kind: ImportQuestionKind.ZoneNeeded, Blocks: true })
        );
        Assert.Equal(
            (12L, 6L, 6L),
            (report.Records, report.Arms[GenerationMode.Json], report.Arms[GenerationMode.FullCode])
        );
        Assert.Equal(12, report.Total!.Distinct);
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        var row = await db.Iterations.SingleAsync(one => one.Line == 4, Token);
        Assert.Equal((0.3, 0.02, -0.4), (Math.Round(row.SharpeRatio!.Value, 9), row.AnnualReturn, row.MaxDrawdown));
        Assert.Equal(new DateTimeOffset(2026, 1, 4, 19, 0, 0, TimeSpan.Zero), row.At);
    }

    [Fact]
    public void Preview_ListAtANamedPlace_IsProposedAndRead()
    {
        using var file = HistoryFile.Of(
            "{\"meta\": {\"seeds\": [{\"seed\": 1}, {\"seed\": 2}]}, \"run\": {\"samples\": ["
                + string.Join(
                    ',',
                    Enumerable
                        .Range(0, 8)
                        .Select(i =>
                            $"{{\"iteration\": {i}, \"sharpe\": 0.{i}, \"annual_return\": 0.01, \"max_drawdown\": -0.1}}"
                        )
                )
                + "]}}"
        );

        var refused = ImportFile.Preview(file.Path, new ImportOptions(), Token);
        var half = ImportFile.Preview(
            file.Path,
            new ImportOptions { Mapping = new HistoryMapping { List = "run.samples" } },
            Token
        );
        var read = ImportFile.Preview(file.Path, new ImportOptions { Mapping = refused.Suggested! }, Token);

        Assert.Equal("--list run.samples --map metrics.sharpe_ratio=sharpe", refused.Suggested!.ToCommandLine());
        Assert.Equal(
            (0L, true),
            (refused.Records, refused.Refusal!.Contains("--list run.samples", StringComparison.Ordinal))
        );

        // Without its Sharpe every record would be of level 2, which the file does not say.
        Assert.Equal(ImportQuestionKind.FieldUnread, half.Questions[0].Kind);
        Assert.NotNull(half.Refusal);
        Assert.Equal((8L, 7L, null), (read.Records, read.Levels[3], read.Refusal));
    }

    [Fact]
    public void Preview_NoRecordSaysHowItEnded_IsAskedInsteadOfCountedAsFailure()
    {
        using var file = HistoryFile.Of(
            """{"iterations": [{"iteration": 1, "new_rate": 59.2, "kept": true}, {"iteration": 2, "new_rate": 46.7, "kept": false}]}"""
        );

        var asked = ImportFile.Preview(
            file.Path,
            new ImportOptions { Mapping = new HistoryMapping { List = "iterations" } },
            Token
        );
        var said = ImportFile.Preview(
            file.Path,
            new ImportOptions
            {
                Mapping = new HistoryMapping { List = "iterations", Fields = [new MappedField("success", "kept")] },
            },
            Token
        );
        var forced = ImportFile.Preview(
            file.Path,
            new ImportOptions
            {
                Mapping = new HistoryMapping { List = "iterations", Fields = [new MappedField("success", "none")] },
            },
            Token
        );

        Assert.Contains("new_rate (59.2), kept (true)", asked.Refusal, StringComparison.Ordinal);
        Assert.Equal((null, 1L, 1L), (said.Refusal, said.Levels[0], said.Levels[1]));
        Assert.Equal((null, 2L), (forced.Refusal, forced.Levels[0]));
    }

    [Theory]
    [InlineData(
        """{"a": {"runs": [{"id": 1, "iterations": [{"iteration_num": 0, "metrics": {"sharpe_ratio": 0.2}}, {"iteration_num": 1, "metrics": {"sharpe_ratio": 0.3}}]}]}}""",
        "--list a.runs.iterations",
        2
    )]
    [InlineData(
        """{"generation": 4, "population": [{"generation": 4, "code": "x = 1", "metrics": {"sharpe_ratio": 0.9}}, {"generation": 4, "code": "x = 2", "metrics": {"sharpe_ratio": 0.8}}]}""",
        "--list population",
        2
    )]
    [InlineData(
        """{"status": "PASSED", "results": [{"success": true, "return_pct": 12.5, "sharpe": 0.4}, {"success": true, "return_pct": -3, "sharpe": -0.1}]}""",
        "--list results --map metrics.sharpe_ratio=sharpe --map metrics.total_return=return_pct:percent",
        2
    )]
    [InlineData(
        """[{"number": 0, "state": "COMPLETE", "params": {"w": 5}, "user_attrs": {"sharpe": 0.4, "mdd": 0.2}, "datetime_start": "2026-01-05T08:00:00Z"}, {"number": 1, "state": "FAIL", "params": {"w": 9}, "datetime_start": "2026-01-05T09:00:00Z"}]""",
        "--map iteration_num=number --map timestamp=datetime_start --map metrics.sharpe_ratio=user_attrs.sharpe --map metrics.max_drawdown=user_attrs.mdd:negated --map success=state --map parameters=params",
        2
    )]
    [InlineData(
        """{"trials": [{"id": "t1", "config": {"target_sharpe": 2}, "result": {"sharpe": 0.4, "cagr": 0.1}}, {"id": "t2", "config": {"target_sharpe": 2}, "result": {"sharpe": 0.5, "cagr": 0.2}}]}""",
        "--list trials --map metrics.sharpe_ratio=result.sharpe --map metrics.annual_return=result.cagr --map parameters=config",
        2
    )]
    public void Preview_ShapesOfOtherLoops_AreProposedAndRead(string text, string options, int records)
    {
        using var file = HistoryFile.Of(text);

        var refused = ImportFile.Preview(file.Path, new ImportOptions(), Token);
        var read = ImportFile.Preview(file.Path, new ImportOptions { Mapping = refused.Suggested! }, Token);

        Assert.Equal(options, refused.Suggested!.ToCommandLine());
        Assert.NotNull(refused.Refusal);
        Assert.Equal((null, records), (read.Refusal, (int)read.Records));
    }

    [Fact]
    public void Preview_OnlyFailuresWithASharpeInTheirSettings_AreReadAsTheyAre()
    {
        using var file = HistoryFile.Of(
            "{\"records\": ["
                + string.Join(
                    ',',
                    Enumerable
                        .Range(0, 3)
                        .Select(i =>
                            $"{{\"iteration_num\": {i}, \"execution_success\": false, \"metrics\": {{}}, \"config_snapshot\": {{\"weights\": {{\"sharpe\": 0.5}}}}}}"
                        )
                )
                + "]}"
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((null, 3L), (report.Refusal, report.Levels[0]));
    }

    [Theory]
    [InlineData("metrics.total_return=r:percent", 0.125)]
    [InlineData("metrics.total_return=r:negated", -12.5)]
    [InlineData("metrics.total_return=r:percent,negated", -0.125)]
    [InlineData("execution_time=r:ms", 0.0125)]
    [InlineData("execution_time=r:minutes", 750)]
    public async Task Execute_UnitAndSign_AreApplied(string map, double expected)
    {
        using var file = HistoryFile.Of("{\"iteration_num\": 1, \"success\": true, \"r\": 12.5}");
        var (mapping, _) = HistoryMapping.Parse([map]);

        await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions { Mapping = mapping! }, Token);

        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        var row = await db.Iterations.SingleAsync(Token);
        Assert.Equal(expected, (row.TotalReturn ?? row.ExecutionSeconds)!.Value, 12);
    }

    [Fact]
    public void Preview_NamesWithDotsAndFieldsTurnedOff_AreAsSaid()
    {
        using var file = HistoryFile.Of(
            "{\"iteration_num\": 1, \"success\": true, \"perf.sharpe\": 0.5, \"metrics\": {\"sharpe_ratio\": -1, \"total_return\": 0.1}}"
        );
        var (mapping, _) = HistoryMapping.Parse(["metrics.sharpe_ratio=perf.sharpe", "metrics.total_return=none"]);

        var report = ImportFile.Preview(file.Path, new ImportOptions { Mapping = mapping! }, Token);

        Assert.Equal((0.5, 1L), (report.Total!.MeanSharpe, report.Levels[1]));
    }

    [Fact]
    public async Task SavedMapping_UnderItsName_ComesBackAlsoFromADatabaseOfAnEarlierVersion()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("mappings-").FullName);
        await ImportAsEarlierVersionAsync(data);

        var mappings = new HistoryMappings(data, TestEngine.Provider, TimeProvider.System);
        await mappings.SaveAsync(
            new HistoryMapping
            {
                Name = "other loop",
                Fields =
                [
                    new MappedField("arm", "group") { Values = new Dictionary<string, string> { ["A"] = "json" } },
                ],
                List = "a.b",
                Zone = "UTC",
            },
            Token
        );
        await mappings.SaveAsync(
            new HistoryMapping { Name = "other loop", Fields = [new MappedField("arm", "variant")] },
            Token
        );

        Assert.Equal("--map arm=variant", (await mappings.FindAsync("other loop", Token))!.ToCommandLine());
        Assert.Equal("other loop", Assert.Single(await mappings.ListAsync(Token)).Name);
        Assert.Equal(
            5,
            (await new ReadImportedHistories(data, TestEngine.Provider).ReadAsync(1, null, 10, Token)).Count
        );
        await Assert.ThrowsAsync<ImportException>(() => mappings.SaveAsync(new HistoryMapping { Name = "a/b" }, Token));
        Assert.True(await mappings.DeleteAsync("other loop", Token));
        Assert.False(await mappings.DeleteAsync("other loop", Token));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data.Path, recursive: true);
    }

    private static async Task ImportAsEarlierVersionAsync(DataDirectory data)
    {
        using (var file = HistoryFile.OfRecords(HistoryFile.Clean(5)))
        {
            await TestEngine.Import.ExecuteAsync(file.Path, data.Imports, new ImportOptions(), Token);
        }

        await using (var db = await ImportsDb.OpenAsync(TestEngine.Provider, data.Imports, Token))
        {
            await db.Database.ExecuteSqlRawAsync(
                "DROP TABLE Mappings; ALTER TABLE Iterations DROP COLUMN ArmUndeclared; ALTER TABLE Iterations DROP COLUMN Feedback; PRAGMA user_version=0",
                Token
            );
        }
    }
}
