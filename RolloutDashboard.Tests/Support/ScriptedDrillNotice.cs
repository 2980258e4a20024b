using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Tests.Support;

/// <summary>Takes a drill's alert at once.</summary>
internal sealed class ScriptedDrillNotice : IDrillNotice, ITeamNotice
{
    public List<string> Texts { get; } = [];

    public Task WriteAsync(RolloutDb db, int rolloutId, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Texts.Add(text);
        return Task.CompletedTask;
    }

    public Task<TeamTold> ReadAsync(RolloutDb db, Rollback rollback, CancellationToken cancellationToken) => Task.FromResult(new TeamTold("done", "Told: Dashboard."));
}
