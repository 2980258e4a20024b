using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Interceptors;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>
/// Judges the current gate, once for each state of the evidence: page, promotion, halt, alerts and HTTP all get the
/// same judgement until something is written or it is <see cref="Longest"/> old.
/// </summary>
public sealed class JudgeGate(
    ReadGateInputs readGateInputs,
    WriteCount writes,
    DatabaseAvailability availability,
    TimeProvider clock
) : IDisposable
{
    /// <summary>How long a judgement holds while nothing is written: criteria ask for the time, too, and for what no
    /// table knows, such as memory in use.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (GateJudgement Judgement, Basis Basis)? _latest;

    /// <summary>The criteria to judge by; all there are, unless a test says otherwise.</summary>
    public IReadOnlyList<IGateCriterion> Criteria { get; init; } = CriterionList.All;

    /// <summary>How many judgements were made.</summary>
    public long Made { get; private set; }

    /// <summary>To be taken before the first read of what is judged, so that whatever is written from then on makes
    /// the judgement an old one; inside a transaction that keeps others from writing at any time before it
    /// writes.</summary>
    public EvidenceMark Mark() => new(writes.Value, availability.Openings);

    /// <summary>The judgement as of the mark or later.</summary>
    /// <param name="rollout">As read by the same context.</param>
    public async Task<GateJudgement> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        EvidenceMark mark,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(rollout);
        var basis = new Basis(rollout.Id, rollout.StateVersion, mark);

        // Those who come meanwhile get what the first one makes. Whoever makes it only reads, so that one who keeps
        // others from writing may wait here.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_latest is not { } latest || !Holds(latest.Judgement, latest.Basis, basis))
            {
                latest = (await JudgeAsync(db, rollout, cancellationToken).ConfigureAwait(false), basis);
                _latest = latest;
                Made++;
            }

            return latest.Judgement;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool Holds(GateJudgement judgement, Basis known, Basis asked)
    {
        var age = clock.GetUtcNow() - judgement.Inputs.Now;
        return known == asked && age >= TimeSpan.Zero && age <= Longest;
    }

    private async Task<GateJudgement> JudgeAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var version = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var configuration = StageConfiguration.FromJson(version.ValuesJson);
        var inputs = await readGateInputs
            .ExecuteAsync(db, rollout, configuration, cancellationToken)
            .ConfigureAwait(false);
        var definition = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var evidence = new GateEvidence(definition, inputs);
        return new GateJudgement(version.Number, configuration, evidence, GateEvaluator.Evaluate(evidence, Criteria));
    }

    /// <summary>What a judgement rests on.</summary>
    private sealed record Basis(int RolloutId, long StateVersion, EvidenceMark Mark);
}
