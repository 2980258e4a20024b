using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>Who of the team was told of a rollback.</summary>
/// <param name="State">"waiting" while a channel is still to be tried, "failed" when one fails, else "done".</param>
public sealed record TeamTold(string State, string Text);

/// <summary>Knows which channels were told.</summary>
public interface ITeamNotice
{
    Task<TeamTold> ReadAsync(RolloutDb db, Rollback rollback, CancellationToken cancellationToken);
}
