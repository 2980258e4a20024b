using System.Globalization;
using System.Reflection;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollbacks;

namespace RolloutDashboard.Hosting;

/// <summary>Opens the process's session and the rollout, and rolls JSON mode back where an earlier process
/// crashed.</summary>
public sealed partial class OpenSession(
    TakeMachineClock takeMachineClock,
    ProcessSessions sessions,
    CurrentSession session,
    MarkOrphanedIterationsLost markOrphanedIterationsLost,
    OpenRollout openRollout,
    EnsureEvaluationBaseline ensureEvaluationBaseline,
    StopJson stopJson,
    ILogger<OpenSession> logger
)
{
    /// <summary>Whether an earlier process crashed and JSON mode could not be rolled back for it; this session must not
    /// end as a clean one then.</summary>
    public bool OwesRollback { get; private set; }

    /// <remarks>Not cancelled: an earlier crash is told once, and a session whose row is written has to be known as
    /// written.</remarks>
    public async Task ExecuteAsync(MarketPanel panel)
    {
        await takeMachineClock.AtStartAsync(CancellationToken.None);
        var unclean = await sessions.OpenAsync(Version(), CancellationToken.None);
        OwesRollback = unclean.Count > 0;
        var lost = await markOrphanedIterationsLost.ExecuteAsync(session.Id, CancellationToken.None);
        await openRollout.ExecuteAsync(CancellationToken.None);
        await ensureEvaluationBaseline.ExecuteAsync(panel, CancellationToken.None);
        if (unclean.Count > 0)
        {
            OwesRollback = !await ActOnUncleanStopAsync(unclean[^1], lost);
        }
    }

    private static string Version() =>
        typeof(OpenSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    /// <returns>Whether the rollback is on record.</returns>
    private async Task<bool> ActOnUncleanStopAsync(UncleanStop unclean, IReadOnlyList<long> lost)
    {
        var last = unclean.LastHeartbeatAt.UtcDateTime.ToString(
            "yyyy-MM-dd HH:mm:ss 'UTC'",
            CultureInfo.InvariantCulture
        );
        var reason =
            $"The process ended without a clean stop (last heartbeat {last}); {(lost.Count == 0 ? "no iteration was interrupted" : $"iterations {string.Join(", ", lost)} are lost")}.";
        LogUnclean(logger, reason);
        var stopped = await stopJson.ExecuteAsync(
            new StopJsonRequest(
                "emergency",
                "system",
                reason,
                new
                {
                    unclean.SessionId,
                    unclean.StartedAt,
                    unclean.LastHeartbeatAt,
                    lost,
                }
            )
        );
        return stopped.IsCommitted;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Reason} JSON mode is rolled back; the loop goes on in full code."
    )]
    private static partial void LogUnclean(ILogger logger, string reason);
}
