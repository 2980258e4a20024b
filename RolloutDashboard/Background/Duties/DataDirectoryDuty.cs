using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>
/// Looks each second whether the data directory is still the one that this process began with, and may be written to.
/// If not, the database is closed, running iterations are cancelled and JSON is off, and everybody is told why. Where
/// the same folder comes back, the loop goes on in full code; JSON stays off until somebody resumes the rollout.
/// </summary>
public sealed partial class DataDirectoryDuty(
    DataDirectory data,
    DatabaseAvailability availability,
    JsonKillSwitch jsonSwitch,
    RunningIterations running,
    IDbContextFactory<RolloutDb> databases,
    IRolloutChanges changes,
    TimeProvider clock,
    ILogger<DataDirectoryDuty> logger
) : IDuty
{
    private static readonly TimeSpan ConnectionsLimit = TimeSpan.FromSeconds(2);
    private string? _closedBecause;
    private string? _firstReason;
    private DateTimeOffset _closedAt;

    public FaultSource Source { get; } =
        FaultSources.Duty("data-directory", "Watching the data directory", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => false;

    public bool NeedsDatabase => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (data.WhyLost() is { } lost)
        {
            await CloseAsync(lost, cancellationToken);
            availability.CutOffAll();
        }
        else if (data.WhyNotWritable() is { } unwritable)
        {
            await CloseAsync(unwritable, cancellationToken);
        }
        else if (_closedBecause is not null)
        {
            await ReopenAsync(cancellationToken);
        }

        return true;
    }

    // The database first: from then on nobody reads or writes what may be another database.
    private async Task CloseAsync(string trouble, CancellationToken cancellationToken)
    {
        var reason = $"{char.ToUpperInvariant(trouble[0])}{trouble[1..]}. The loop waits and JSON is off.";
        if (availability.ClosedBecause == reason)
        {
            return;
        }

        var closing = availability.CloseAsync(reason, ConnectionsLimit, cancellationToken);
        if (_firstReason is null)
        {
            jsonSwitch.Latch();
            (_firstReason, _closedAt) = (trouble, clock.GetUtcNow());
        }

        running.CancelAll(CancellationReason.Storage);
        LogUnusable(logger, reason);
        changes.Publish();
        await closing;
        _closedBecause = reason;
    }

    // The marker before the database is opened: whoever looks at the switch next finds the words for the rollback's
    // record in it.
    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"From {_closedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC {_firstReason}."
        );
        jsonSwitch.Mark("system", told);
        availability.TakeBackAll();
        availability.TryOpen(_closedBecause!);
        (_closedBecause, _firstReason) = (null, null);
        LogBack(logger, told);
        changes.Publish();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Events.Add(
            new EventRecord
            {
                RolloutId = await db.CurrentRolloutIdAsync(cancellationToken),
                At = clock.GetUtcNow(),
                Severity = AlertSeverity.Critical,
                Source = "data directory",
                Text = $"{told} No iteration ran meanwhile, and JSON mode was stopped.",
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "{Reason} Nothing is written there; put the same folder back, or stop the server."
    )]
    private static partial void LogUnusable(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The data directory can be used again; the loop goes on in full code. {Told}"
    )]
    private static partial void LogBack(ILogger logger, string told);
}
