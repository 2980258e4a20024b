using System.Text.Json.Nodes;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>Whether a strategy ran reaches the checks of a comparison, so that no level is taken for a contradiction of
/// its metrics.</summary>
public sealed class ExecutedFlagTests
{
    private const string Mismatch = "level-mismatch";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Imported_FailedWithMetricsAndExecutedWithout_AreNoMismatch()
    {
        var records = HistoryFile.Clean();
        records[3] = Result(
            records[3],
            success: false,
            new JsonObject
            {
                ["sharpe_ratio"] = 0.4,
                ["total_return"] = 0.1,
                ["max_drawdown"] = -0.1,
            }
        );
        records[5] = Result(records[5], success: true, new JsonObject { ["sharpe_ratio"] = null });
        using var file = HistoryFile.OfRecords(records);
        await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);

        var rows = await new ReadImportedHistories(new DataDirectory(file.Folder), TestEngine.Provider).ReadAsync(
            1,
            null,
            1000,
            Token
        );

        Assert.Equal((SuccessLevel.Failed, false), (rows[3].Level, rows[3].Executed));
        Assert.Equal((SuccessLevel.Executed, true), (rows[5].Level, rows[5].Executed));
        Assert.DoesNotContain(CompareSets.Of("all", rows, "again", rows).First.Findings, finding =>
            finding.Code == Mismatch
        );
    }

    [Theory]
    [InlineData(SuccessLevel.Executed, null, false, false)]
    [InlineData(SuccessLevel.Failed, 0.4, true, false)]
    [InlineData(SuccessLevel.Failed, null, true, false)]
    [InlineData(SuccessLevel.Profitable, -0.4, false, true)]
    [InlineData(SuccessLevel.Executed, null, true, true)]
    public async Task Live_LevelAgainstWhatRan_IsAMismatchOnlyWhereTheyContradict(
        SuccessLevel level,
        double? metric,
        bool failed,
        bool mismatch
    )
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40, row => Change(row, level, metric, failed));

        var made = await new CompareSelections(database, new ReadSelection(new NoImports())).ExecuteAsync(
            SetSelection.Arms.First,
            SetSelection.Arms.Second,
            Token
        );

        Assert.Equal(mismatch, made.Report.First.Findings.Any(finding => finding.Code == Mismatch));
    }

    private static void Change(IterationRecord row, SuccessLevel level, double? metric, bool failed)
    {
        if (row.Number == 8)
        {
            (row.Level, row.SharpeRatio, row.TotalReturn, row.MaxDrawdown) = (
                level,
                metric,
                metric,
                metric is null ? null : -0.1
            );
            row.FailureKind = failed ? "run" : null;
        }
    }

    private static JsonObject Result(JsonObject record, bool success, JsonObject metrics)
    {
        record["execution_result"]!["success"] = success;
        record["metrics"] = metrics;
        record.Remove("classification_level");
        return record;
    }
}
