using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Says every ten seconds that the process is alive, in a loop of its own; what it could not say counts as
/// down-time and is told.</summary>
public sealed partial class Heartbeat(
    ProcessSessions sessions,
    IDbContextFactory<RolloutDb> databases,
    DatabaseAvailability gate,
    DutyRunner duties,
    TimeProvider clock,
    ILogger<Heartbeat> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProcessSessions.HeartbeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        if (gate.ClosedBecause is not null)
        {
            return;
        }

        await duties.RunAsync(
            Duties.Heartbeat,
            async token => await TellAsync(await sessions.BeatAsync(token), token),
            stoppingToken
        );
    }

    private async Task TellAsync(Beat beat, CancellationToken cancellationToken)
    {
        var text = beat switch
        {
            { Silence: { } silence } => string.Create(
                CultureInfo.InvariantCulture,
                $"No heartbeat for {silence.TotalSeconds:0} s: the machine slept, the process was stalled or its database could not be written. It counts as down-time."
            ),
            _ => null,
        };
        if (text is null)
        {
            return;
        }

        LogNoticed(logger, text);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Events.Add(
            new EventRecord
            {
                RolloutId = await db.Rollouts.MaxAsync(row => row.Id, cancellationToken),
                At = clock.GetUtcNow(),
                Severity = AlertSeverity.Warning,
                Source = "heartbeat",
                Text = text,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void LogNoticed(ILogger logger, string text);
}
