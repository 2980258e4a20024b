using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Monitoring.Series;

public sealed class ProviderMarkTests
{
    [Theory]
    [InlineData(ProviderEventKind.FailedOver, AlertSeverity.Warning, true)]
    [InlineData(ProviderEventKind.Recovered, AlertSeverity.Info, true)]
    [InlineData(ProviderEventKind.CircuitOpened, AlertSeverity.Warning, false)]
    [InlineData(ProviderEventKind.AllDown, AlertSeverity.Critical, false)]
    [InlineData(ProviderEventKind.BudgetExhausted, AlertSeverity.Warning, false)]
    [InlineData(ProviderEventKind.BudgetEased, AlertSeverity.Info, false)]
    public async Task ExecuteAsync_ProviderEvent_IsStoredAndSwitchesAreMarked(
        ProviderEventKind kind,
        AlertSeverity severity,
        bool isMarked
    )
    {
        await using var rollout = await TestRollout.OpenAsync();
        await using var db = rollout.Db();
        var stored = ProviderEventRecords.Of(
            (await rollout.RowAsync()).Id,
            new ProviderEvent(rollout.Clock.GetUtcNow(), kind, "backup", "main failed; backup answers now.")
        );
        db.Events.Add(stored);
        await db.SaveChangesAsync(TestRollout.Token);

        var marks = await ReadMarks.ExecuteAsync(db, stored.RolloutId, null, TestRollout.Token);

        Assert.Equal(severity, stored.Severity);
        Assert.Equal(isMarked, marks.Any(mark => mark.Kind == "model" && mark.Text == stored.Text));
    }
}
