using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.Users;

/// <summary>Leaves a decision record of each change to users, in the change's own transaction.</summary>
public sealed class UserDecisions(Transitions transitions)
{
    /// <summary>Adds the record; the caller commits. Before the first rollout there is no chain to add to.</summary>
    public async Task AppendAsync(RolloutDb database, DecisionDraft draft, CancellationToken cancellationToken)
    {
        var rolloutId = await database.FindCurrentRolloutIdAsync(cancellationToken);
        if (rolloutId is { } id)
        {
            await transitions.AppendAsync(database, id, draft, cancellationToken);
            await database.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Brings committed records to the journal.</summary>
    public Task CommittedAsync() => transitions.WriteJournalAsync();
}
