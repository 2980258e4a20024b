using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>Replays over the use cases; remembers the latest results for as long as their history stays the same, and a
/// minute longer.</summary>
public sealed class Replays(
    IImportedHistories imported,
    ReplayPolicies replayPolicies,
    VerifyJudgements verifyJudgements,
    DatabaseAvailability gate,
    WorkTurns turns,
    TimeProvider clock
) : IReplays
{
    private const int Remembered = 16;
    private readonly DeduplicatedJobs<Asked, ReplayedPolicy> _results = new(
        (asked, progress, token) => replayPolicies.ExecuteAsync(asked.Request, token, progress),
        Remembered,
        turns.Computations,
        clock,
        asked => (asked.Request, asked.Policy)
    );

    /// <summary>Judgements that one click judges again; the command line does all.</summary>
    public const int Latest = 500;

    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) =>
        imported.ListAsync(cancellationToken);

    public Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken) =>
        Task.Run(() => replayPolicies.ChooseAsync(request, cancellationToken), cancellationToken);

    public async Task<DeduplicatedJob<ReplayedPolicy>> ReplayAsync(
        ReplayRequest request,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        // A restored database may hold another history.
        var opening = gate.Openings;
        var history = request.ImportId is { } import
            ? $"{(await imported.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == import)}"
            : "this rollout";
        var policy = await ChooseAsync(request, cancellationToken);
        var by =
            $"opening {opening}, {history}, gates {policy.Gates.Version} beside {policy.InForce?.Gates.Version}, proof {policy.RequireProof}";
        return await _results.GetAsync(
            new Asked(request, by, request.ImportId is null ? policy.MadeFrom : ""),
            waiting,
            cancellationToken
        );
    }

    public Task<VerifiedJudgements> VerifyAsync(string person, CancellationToken cancellationToken) =>
        turns.Computations.RunAsync(person, token => verifyJudgements.ExecuteAsync(Latest, token), cancellationToken);

    /// <param name="MadeFrom">What iterations and judgements add to; an imported history stays as it is.</param>
    private sealed record Asked(ReplayRequest Request, string Policy, string MadeFrom);
}
