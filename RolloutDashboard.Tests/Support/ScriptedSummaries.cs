using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Tests.Support;

/// <summary>Summaries of data sets; a test sets what there is.</summary>
public sealed class ScriptedSummaries : ISetSummaries
{
    public HistorySummary? Summary { get; set; } = Some;

    public Exception? Failure { get; set; }

    public int Asked { get; private set; }

    /// <summary>18 records with 16 strategies, 12 of them different.</summary>
    public static HistorySummary Some { get; } =
        new(
            28,
            28,
            new HistoryArm(18, 12, new Interval(0.437, 0.837), 16, 0.314, new Interval(0.1, 0.5), 0, 16, 12),
            new HistoryArm(10, 8, new Interval(0.49, 0.94), 9, 0.4, null, 0, 9, 6),
            new HistoryArm(8, 4, new Interval(0.22, 0.78), 7, 0.2, null, 0, 7, 6),
            Nothing,
            new HistoryArm(10, 10, new Interval(0.72, 1), 10, 0.301, null, 0, 10, 1),
            [
                Gate,
                new HistoryGate(
                    Stage.Hybrid,
                    Verdict.NotMeasured,
                    "Gate 3.2 can't be told.",
                    [],
                    [new HistoryGap(UptimeCriterion.Key, "Uptime", HistoryGapReason.NotInRecords)]
                ),
                new HistoryGate(Stage.Primary, Verdict.Error, "Gate 3.3 could not be judged: odd.", [], []),
                new HistoryGate(Stage.FullProduction, Verdict.Inconclusive, "Gate 3.4 is collecting.", [], []),
            ],
            3
        );

    private static HistoryArm Nothing => new(0, 0, null, 0, null, null, 0, 0, null);

    public static HistoryGate Gate =>
        new(
            Stage.TemplateLibraryOnly,
            Verdict.Fail,
            "Gate 3.1 fails: Mean Sharpe, JSON is 0.1 of 10, target >= 0.15.",
            [
                new CriterionResult(
                    JsonSharpeCriterion.Key,
                    "Mean Sharpe, JSON",
                    Verdict.Fail,
                    ">= 0.15",
                    "0.1 of 10",
                    0.1,
                    0.15,
                    null,
                    10,
                    6,
                    6,
                    false,
                    null,
                    ""
                ),
            ],
            [new HistoryGap(MonitoringCriterion.Key, "Monitoring works", HistoryGapReason.NotInRecords)]
        );

    public Task<HistorySummary?> FindAsync(int setId, JobSubscription? waiting, CancellationToken cancellationToken)
    {
        Asked++;
        return Failure is null ? Task.FromResult(Summary) : throw Failure;
    }
}
