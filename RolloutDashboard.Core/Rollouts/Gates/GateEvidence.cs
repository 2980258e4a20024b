using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates;

/// <summary>Inputs and definition of one evaluation with what several criteria derive from them.</summary>
public sealed class GateEvidence
{
    private readonly Lazy<ArmEvidence> json;
    private readonly Lazy<ArmEvidence> fullCode;
    private readonly Lazy<ArmEvidence> overall;
    private readonly Lazy<ArmEvidence> jsonSequence;
    private readonly Lazy<ArmEvidence> fullCodeSequence;
    private readonly Lazy<ArmEvidence> overallSequence;

    public GateEvidence(GateDefinition definition, GateInputs inputs)
    {
        Definition = definition;
        Inputs = inputs;
        var window = inputs.Stage == Stage.FullProduction && inputs.MinimumTime > TimeSpan.Zero
            ? inputs.Rows.Where(row => (row.EndedAt ?? row.StartedAt) > inputs.Now - inputs.MinimumTime).ToArray()
            : inputs.Rows;
        json = new(() => ArmEvidence.Of(window, GenerationMode.Json));
        fullCode = new(() => ArmEvidence.Of(window, GenerationMode.FullCode));
        overall = new(() => ArmEvidence.Of(window));
        var all = inputs.EarlierRows.Concat(inputs.Rows).ToArray();
        jsonSequence = new(() => ArmEvidence.Of(all, GenerationMode.Json));
        fullCodeSequence = new(() => ArmEvidence.Of(all, GenerationMode.FullCode));
        overallSequence = new(() => ArmEvidence.Of(all));
    }

    public GateDefinition Definition { get; }

    public GateInputs Inputs { get; }

    public MonitoringFacts Facts => Inputs.Facts;

    /// <summary>JSON arm of the evidence window.</summary>
    public ArmEvidence Json => json.Value;

    public ArmEvidence FullCode => fullCode.Value;

    /// <summary>Both arms.</summary>
    public ArmEvidence Overall => overall.Value;

    /// <summary>JSON arm with the stage's earlier attempts, for what holds at every look.</summary>
    public ArmEvidence JsonSequence => jsonSequence.Value;

    public ArmEvidence FullCodeSequence => fullCodeSequence.Value;

    public ArmEvidence OverallSequence => overallSequence.Value;

    /// <summary>Whether the required time has passed; what is measured over it is inconclusive before.</summary>
    public bool TimeIsCovered => Inputs.Now - Inputs.AttemptStartedAt >= Inputs.MinimumTime;

    /// <summary>Counted iterations of all modes that bring one more of the given mode; null if that mode gets none.</summary>
    public double? IterationsPer(GenerationMode? mode)
    {
        if (mode is null)
        {
            return 1;
        }

        var share = Inputs.ConfiguredShare ?? (Overall.N == 0 ? 0.5 : (double)Json.N / Overall.N);
        var part = mode == GenerationMode.Json ? share : 1 - share;
        return part > 0 ? 1 / part : null;
    }
}
