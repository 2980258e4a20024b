using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Backs the database up at regular times, and soon after the first start.</summary>
public sealed class BackupTimer(
    BackUpDatabase backUpDatabase,
    DataDirectory data,
    DatabaseAvailability gate,
    DatabaseHealth health,
    IOptions<BackupOptions> options,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    private const string Scheduled = "scheduled";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);
    private TimeSpan _notBefore;
    private TimeSpan? _lastMade;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                await TurnAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (IsDue())
            {
                await BackUpAsync(stoppingToken);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            duties.Failed(Duties.Backup, exception);
            _notBefore = clock.Elapsed() + AfterFailure;
        }
    }

    // From the newest file, not from the start: a server that is restarted often is backed up all the same. What this
    // process has made itself it knows without a clock; a file from the future says nothing.
    private bool IsDue()
    {
        var (now, moment) = (clock.GetUtcNow(), clock.Elapsed());
        return gate.ClosedBecause is null
            && health.Suspicion is null
            && moment >= _notBefore
            && (
                _lastMade is { } made
                    ? moment - made >= options.Value.Every
                    : !BackupFile
                        .List(data)
                        .Any(file => file.Reason == Scheduled && file.At <= now && now - file.At < options.Value.Every)
            );
    }

    private async Task BackUpAsync(CancellationToken cancellationToken)
    {
        await backUpDatabase.ExecuteAsync(Scheduled, cancellationToken);
        _lastMade = clock.Elapsed();
        duties.Succeeded(Duties.Backup);
    }
}
