using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Background.Duties;

/// <summary>
/// Looks at latch and marker file: a new stop ends running
/// JSON iterations at once and is carried into the database, again every two seconds until it is there.
/// </summary>
public sealed class KillSwitchDuty(
    IDbContextFactory<RolloutDb> databases,
    DatabaseAvailability availability,
    JsonKillSwitch jsonSwitch,
    StopJson stopJson,
    RunningIterations running,
    TimeProvider clock
) : IDuty
{
    private static readonly TimeSpan CarryEvery = TimeSpan.FromSeconds(2);
    private DateTimeOffset? _seenMarker;
    private bool _wasClosed;
    private long _carriedAt;

    public FaultSource Source { get; } =
        FaultSources.Duty("json-switch", "Watching the JSON switch", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    public bool IsOfLeader => false;

    /// <summary>Latch and marker file hold and end running JSON whatever the database does.</summary>
    public bool NeedsDatabase => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (jsonSwitch.WhyNot() is not { } why)
        {
            _wasClosed = false;
        }
        else if (!stopJson.IsExecuting && (IsNew() || clock.GetElapsedTime(_carriedAt) >= CarryEvery))
        {
            _carriedAt = clock.GetTimestamp();
            await CarryAsync(why, cancellationToken);
        }

        return true;
    }

    private bool IsNew()
    {
        var marker = jsonSwitch.MarkedAt();
        var (isNew, isFirst) = (!_wasClosed || marker != _seenMarker, _carriedAt == 0);
        (_wasClosed, _seenMarker) = (true, marker);
        if (isNew && !isFirst)
        {
            // Before the database is asked: it may be slow, and what runs in JSON need not wait for it.
            running.CancelJson(CancellationReason.Rollback);
        }

        return isNew;
    }

    // "stop-json" on the command line only sets the file; a stop that could not reach the database left latch and file.
    // A resume commits before it opens the two: what it was granted is opened here, never stopped again.
    private async Task CarryAsync(string why, CancellationToken cancellationToken)
    {
        if (availability.ClosedBecause is not null)
        {
            return;
        }

        var stops = jsonSwitch.Stops;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rollout = await db.CurrentRolloutAsync(cancellationToken);
        var values = await db
            .ConfigurationVersions.Where(row =>
                row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber
            )
            .Select(row => row.ValuesJson)
            .SingleAsync(cancellationToken);
        var enabled = StageConfiguration.FromJson(values).JsonModeEnabled;
        var isNew = enabled
            ? !jsonSwitch.TryRelease() && jsonSwitch.WhyNot() is not null
            : await IsNewerThanStagingAsync(db, rollout.Id, cancellationToken);
        if (!enabled)
        {
            // A stop whose commit was not answered may be in the database all the same.
            jsonSwitch.Acknowledge(stops);
        }

        if (isNew && !stopJson.IsExecuting)
        {
            var (actor, reason) = jsonSwitch.ReadMarker();
            await stopJson.ExecuteAsync(
                stopJson.Uncommitted
                    ?? new StopJsonRequest(
                        "immediate",
                        actor ?? "system",
                        reason ?? $"JSON is {why}.",
                        new { marker = why }
                    )
            );
        }
    }

    // With JSON off already, a new marker still ends a validation run that uses JSON in staging.
    private async Task<bool> IsNewerThanStagingAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken)
    {
        var run = await db
            .StagingRuns.Where(row => row.RolloutId == rolloutId && row.State == StagingState.Running)
            .Select(row => (DateTimeOffset?)row.StartedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return run is { } started && jsonSwitch.MarkedAt() > started;
    }
}
