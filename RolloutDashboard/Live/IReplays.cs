using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Replay;

namespace RolloutDashboard.Live;

/// <summary>Replays for pages.</summary>
public interface IReplays
{
    Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken);

    Task<ReplayedPolicy> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>Judges the latest recorded judgements and all decisions again.</summary>
    Task<VerifiedJudgements> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>Replays over the use cases.</summary>
public sealed class Replays(IImportedHistories imported, ReplayPolicies replayPolicies, VerifyJudgements verifyJudgements) : IReplays
{
    /// <summary>Judgements that one click judges again; the command line does all.</summary>
    public const int Latest = 500;

    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) => imported.ListAsync(cancellationToken);

    public Task<ReplayedPolicy> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken) => replayPolicies.ExecuteAsync(request, cancellationToken);

    public Task<VerifiedJudgements> VerifyAsync(CancellationToken cancellationToken) => Task.Run(() => verifyJudgements.ExecuteAsync(Latest, cancellationToken), cancellationToken);
}
