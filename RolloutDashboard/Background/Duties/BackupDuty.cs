using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Backs the database up at regular times, and soon after the first start.</summary>
public sealed class BackupDuty(
    BackUpDatabase backUpDatabase,
    DataDirectory data,
    DatabaseHealth health,
    IOptions<BackupOptions> options,
    TimeProvider clock
) : IDuty
{
    private const string Scheduled = "scheduled";
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);
    private TimeSpan _notBefore;
    private TimeSpan? _lastMade;

    /// <summary>Also of a database that can't be read: without a backup it is lost.</summary>
    public FaultSource Source { get; } =
        FaultSources.Duty("backup", "Backing the database up", AlertSeverity.Critical) with
        {
            TellsOfDatabase = true,
        };

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (!IsDue())
        {
            return false;
        }

        _notBefore = clock.Elapsed() + AfterFailure;
        await backUpDatabase.ExecuteAsync(Scheduled, cancellationToken);
        (_lastMade, _notBefore) = (clock.Elapsed(), TimeSpan.Zero);
        return true;
    }

    // From the newest file, not from the start: a server that is restarted often is backed up all the same. What this
    // process has made itself it knows without a clock; a file from the future says nothing.
    private bool IsDue()
    {
        var (now, moment) = (clock.GetUtcNow(), clock.Elapsed());
        return health.Suspicion is null
            && moment >= _notBefore
            && (
                _lastMade is { } made
                    ? moment - made >= options.Value.Every
                    : !BackupFile
                        .List(data)
                        .Any(file => file.Reason == Scheduled && file.At <= now && now - file.At < options.Value.Every)
            );
    }
}
