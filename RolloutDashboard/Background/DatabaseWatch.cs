using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>
/// Looks after the database file: follows every suspicion that a query raises at once, checks the pages at least each
/// half minute (or so seldom that it costs a twentieth of the time) and everything once a day, and restores what is
/// confirmed damaged.
/// </summary>
public sealed class DatabaseWatch(
    CheckDatabase checkDatabase,
    RestoreWhileRunning restore,
    DatabaseHealth health,
    DatabaseAvailability availability,
    JsonKillSwitch jsonSwitch,
    DataDirectory data,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    /// <summary>How its failures are told.</summary>
    public static FaultSource Source { get; } =
        FaultSources.Duty("database", "Watching over the database", AlertSeverity.Critical);

    private const int CostShare = 20;
    private static readonly TimeSpan QuickEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);
    private TimeSpan _nextFull;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _nextFull = clock.Elapsed() + FullEvery;
        var wait = QuickEvery;
        try
        {
            while (true)
            {
                var suspected = await health.WaitForSuspicionAsync(wait, stoppingToken);
                wait = await TurnAsync(suspected, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task<TimeSpan> TurnAsync(bool suspected, CancellationToken stoppingToken)
    {
        // Whatever lies there now is not the database that is looked after.
        if (data.WhyLost() is not null)
        {
            await Task.Delay(AfterFault, clock, stoppingToken);
            return AfterFault;
        }

        try
        {
            var wait =
                suspected || RestoreIntent.Read(data) is not null
                    ? await ActAsync(suspected, stoppingToken)
                    : await LookAsync(stoppingToken);
            duties.Succeeded(Source);
            return wait;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            duties.Failed(Source, exception);
            await Task.Delay(AfterFault, clock, stoppingToken);
            return AfterFault;
        }
    }

    private async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        if (availability.ClosedBecause is not null)
        {
            return AfterFault;
        }

        var began = clock.GetTimestamp();
        if (clock.Elapsed() >= _nextFull)
        {
            await checkDatabase.FullAsync(cancellationToken);
            _nextFull = clock.Elapsed() + FullEvery;
        }
        else
        {
            await checkDatabase.QuickAsync(cancellationToken);
        }

        var seldom = clock.GetElapsedTime(began) * CostShare;
        return seldom > QuickEvery ? seldom : QuickEvery;
    }

    private async Task<TimeSpan> ActAsync(bool suspected, CancellationToken cancellationToken)
    {
        if (
            await restore.FinishAsync(cancellationToken) is null
            && suspected
            && await checkDatabase.ConfirmAsync(cancellationToken) is { } damage
        )
        {
            await RestoreAsync($"The database is damaged ({damage.Faults[0]}).", cancellationToken);
        }

        return QuickEvery;
    }

    private async Task RestoreAsync(string reason, CancellationToken cancellationToken)
    {
        try
        {
            await restore.ExecuteAsync(new RestoreRequest("system", reason, IsDamaged: true), cancellationToken);
        }
        catch (NoGoodBackupException exception)
        {
            // Without a backup nothing can be mended here; nothing more is written to the damaged file, and JSON stays
            // off.
            jsonSwitch.Latch();
            jsonSwitch.Mark("system", reason);
            await availability.CloseAsync($"{reason} {exception.Message}", TimeSpan.Zero, cancellationToken);
            throw;
        }
    }
}
