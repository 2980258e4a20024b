using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;

namespace RolloutDashboard.Studies;

/// <summary>Replays for pages.</summary>
public interface IReplays
{
    Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken);

    /// <summary>The policy alone, at once.</summary>
    Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <param name="waiting">Gets the share that is done, in percent.</param>
    /// <exception cref="Core.Evidence.Comparisons.Selections.SelectionException">The request names a history, gates or
    /// changes that are not there.</exception>
    Task<DeduplicatedJob<ReplayedPolicy>> ReplayAsync(
        ReplayRequest request,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    );

    /// <summary>Judges the latest recorded judgements and all decisions again.</summary>
    /// <param name="person">Whose turn it takes.</param>
    Task<VerifiedJudgements> VerifyAsync(string person, CancellationToken cancellationToken);
}
