using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Rollouts.Procedures;

/// <summary>Alerts the team of a drill by the path of real alerts, with words that say that it is one.</summary>
public interface IDrillNotice
{
    /// <summary>Writes the alert into the caller's save.</summary>
    Task WriteAsync(RolloutDb db, int rolloutId, string text, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Who was told of it.</summary>
    Task<TeamTold> ReadAsync(RolloutDb db, int rolloutId, DateTimeOffset since, CancellationToken cancellationToken);
}
