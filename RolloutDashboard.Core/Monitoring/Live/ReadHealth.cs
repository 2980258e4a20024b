using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Reads how the system itself is.</summary>
public sealed class ReadHealth(CurrentSession session, DataDirectory data, ILoopStatus loopStatus, TimeProvider clock)
{
    private static readonly TimeSpan UptimeWindow = TimeSpan.FromHours(24);

    public async Task<HealthSummary> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        GateInputs inputs,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var from = now - UptimeWindow;
        var spans = (await SessionFacts.ReadAsync(db, from, now, cancellationToken).ConfigureAwait(false)).Alive;
        var last = await db
            .Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production)
            .MaxAsync(row => row.EndedAt, cancellationToken)
            .ConfigureAwait(false);
        var lookups = inputs.Rows.Sum(row => row.CacheLookups);
        var (loop, installation) = (loopStatus.Now, loopStatus.Installation);
        var resources = inputs.Facts.Resources;
        return new HealthSummary(
            last,
            loop.BusyWorkers,
            loop.Workers,
            Uptime.Share(spans, from, now),
            UptimeWindow,
            lookups == 0 ? null : (double)inputs.Rows.Sum(row => row.CacheHits) / lookups,
            installation.Provider,
            installation.Market,
            installation.MarketNotes,
            installation.Sandbox,
            installation.SandboxIsFull,
            resources?.WorkingSetMegabytes ?? double.NaN,
            resources?.FreeDiskGigabytes ?? double.NaN,
            session.StartedAt,
            LastBackup()
        )
        {
            MarketData = installation.MarketData,
        };
    }

    private DateTimeOffset? LastBackup() =>
        Directory.Exists(data.Backups)
            ? Directory
                .EnumerateFiles(data.Backups, "*.db")
                .Select(file => (DateTimeOffset?)new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero))
                .Max()
            : null;
}
