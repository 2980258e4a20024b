using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background.Duties;

/// <summary>Stores what happened to providers as events.</summary>
public sealed class ProviderEventsDuty(IDbContextFactory<RolloutDb> databases, ProviderEventLog log) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("provider-events", "Noting what providers do", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var occurred = log.Take();
        if (occurred.Count > 0)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken);
            db.Events.AddRange(occurred.Select(one => ProviderEventRecords.Of(rolloutId, one)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return true;
    }
}
