using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>What the processes' sessions say: when one was alive, which ended uncleanly.</summary>
/// <param name="Alive">In order; the one before the window too, so that a window which begins with down-time shows
/// it.</param>
/// <param name="Crashes">Found within the window, latest last.</param>
public sealed record SessionFacts(
    IReadOnlyList<AliveSpan> Alive,
    IReadOnlyList<Crash> Crashes,
    DateTimeOffset? HeartbeatAt
)
{
    /// <summary>Reads them for a window that ends now.</summary>
    public static async Task<SessionFacts> ReadAsync(
        RolloutDb db,
        DateTimeOffset from,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .ProcessSessions.OrderBy(row => row.StartedAt)
            .ThenBy(row => row.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return Of(rows, from, now);
    }

    /// <summary>The same from rows in the order of their starts; pure.</summary>
    public static SessionFacts Of(IReadOnlyList<ProcessSession> rows, DateTimeOffset from, DateTimeOffset now)
    {
        var alive = new List<AliveSpan>();
        var crashes = new List<Crash>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var isRunning =
                row is { StoppedAt: null, EndedUncleanly: false }
                && now - row.LastHeartbeatAt <= ProcessSessions.LongestSilence;
            alive.Add(new AliveSpan(row.StartedAt, isRunning && row.LastHeartbeatAt < now ? now : row.LastHeartbeatAt));
            if (
                row.EndedUncleanly
                && (
                    rows.Skip(i + 1).Select(next => (DateTimeOffset?)next.StartedAt).FirstOrDefault()
                    ?? row.LastHeartbeatAt
                )
                    is var found
                && found >= from
            )
            {
                crashes.Add(new Crash(row.ProcessId, row.LastHeartbeatAt, found));
            }
        }

        return new SessionFacts(alive, crashes, rows.Count > 0 ? rows.Max(row => row.LastHeartbeatAt) : null);
    }
}
