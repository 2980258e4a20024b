using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Says that the process is alive; what it could not say counts as
/// down-time and is told.</summary>
public sealed partial class HeartbeatDuty(
    ProcessSessions sessions,
    IDbContextFactory<RolloutDb> databases,
    TimeProvider clock,
    ILogger<HeartbeatDuty> logger
) : IDuty
{
    public FaultSource Source { get; } = FaultSources.Duty("heartbeat", "The heartbeat", AlertSeverity.Critical);

    public TimeSpan Interval => ProcessSessions.HeartbeatInterval;

    public bool IsOfLeader => false;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await TellAsync(await sessions.BeatAsync(cancellationToken), cancellationToken);
        return true;
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
                RolloutId = await db.CurrentRolloutIdAsync(cancellationToken),
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
