using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Live;

/// <summary>Replays for pages.</summary>
public interface IReplays
{
    Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken);

    /// <summary>The policy alone, at once.</summary>
    Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <param name="progress">Gets the share that is done, in percent.</param>
    Task<ReplayedPolicy> ReplayAsync(ReplayRequest request, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Judges the latest recorded judgements and all decisions again.</summary>
    Task<VerifiedJudgements> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>Replays over the use cases; remembers the latest results for as long as their history stays the same.</summary>
public sealed class Replays(IImportedHistories imported, ReplayPolicies replayPolicies, VerifyJudgements verifyJudgements, DatabaseGate gate) : IReplays
{
    private const int Remembered = 16;
    private readonly SharedResults<(ReplayRequest Request, string MadeFrom), ReplayedPolicy> _results = new(
        (replay, progress, token) => replayPolicies.ExecuteAsync(replay.Request, token, progress), Remembered);

    /// <summary>Judgements that one click judges again; the command line does all.</summary>
    public const int Latest = 500;

    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) => imported.ListAsync(cancellationToken);

    public Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken) => Task.Run(() => replayPolicies.ChooseAsync(request, cancellationToken), cancellationToken);

    public async Task<ReplayedPolicy> ReplayAsync(ReplayRequest request, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var history = request.ImportId is { } import
            ? $"{(await imported.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == import)}"
            : $"opening {gate.Openings}";
        var policy = await ChooseAsync(request, cancellationToken);
        return await _results.GetAsync((request, $"{history}, {policy.MadeFrom}"), progress, cancellationToken);
    }

    public Task<VerifiedJudgements> VerifyAsync(CancellationToken cancellationToken) => Task.Run(() => verifyJudgements.ExecuteAsync(Latest, cancellationToken), cancellationToken);
}
