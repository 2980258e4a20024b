using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>Inputs and definition of one evaluation with what several criteria derive from them.</summary>
public sealed class GateEvidence
{
    private readonly Lazy<ArmEvidence> json;
    private readonly Lazy<ArmEvidence> fullCode;
    private readonly Lazy<ArmEvidence> overall;
    private readonly Lazy<ArmEvidence> jsonAttempt;
    private readonly Lazy<ArmEvidence> fullCodeAttempt;
    private readonly Lazy<ArmEvidence> overallAttempt;
    private readonly Lazy<ArmEvidence> jsonSequence;
    private readonly Lazy<ArmEvidence> fullCodeSequence;
    private readonly Lazy<ArmEvidence> overallSequence;
    private readonly Lazy<ModeEvidence> modes;

    public GateEvidence(GateDefinition definition, GateInputs inputs)
    {
        Definition = definition;
        Inputs = inputs;
        DateTimeOffset? after =
            inputs.Stage == Stage.FullProduction && inputs.MinimumTime > TimeSpan.Zero
                ? inputs.Now - inputs.MinimumTime
                : null;
        json = new(() => ArmEvidence.Of(inputs.Rows, GenerationMode.Json, after));
        fullCode = new(() => ArmEvidence.Of(inputs.Rows, GenerationMode.FullCode, after));
        overall = new(() => ArmEvidence.Of(inputs.Rows, null, after));

        modes = new(() => ModeEvidence.Of(inputs.EarlierRows, inputs.Rows));

        // What is the same set of rows is summed up once.
        var isWholeAttempt = after is null;
        jsonAttempt = isWholeAttempt ? json : new(() => ArmEvidence.Of(inputs.Rows, GenerationMode.Json));
        fullCodeAttempt = isWholeAttempt ? fullCode : new(() => ArmEvidence.Of(inputs.Rows, GenerationMode.FullCode));
        overallAttempt = isWholeAttempt ? overall : new(() => ArmEvidence.Of(inputs.Rows));
        var isFirst = inputs.EarlierRows.Count == 0;
        jsonSequence = isFirst
            ? jsonAttempt
            : new(() => ArmEvidence.Of(inputs.EarlierRows.Concat(inputs.Rows), GenerationMode.Json));
        fullCodeSequence = isFirst
            ? fullCodeAttempt
            : new(() => ArmEvidence.Of(inputs.EarlierRows.Concat(inputs.Rows), GenerationMode.FullCode));
        overallSequence = isFirst ? overallAttempt : new(() => ArmEvidence.Of(inputs.EarlierRows.Concat(inputs.Rows)));
    }

    public GateDefinition Definition { get; }

    public GateInputs Inputs { get; }

    public MonitoringFacts Facts => Inputs.Facts;

    /// <summary>JSON arm of the evidence window.</summary>
    public ArmEvidence Json => json.Value;

    public ArmEvidence FullCode => fullCode.Value;

    /// <summary>Both arms.</summary>
    public ArmEvidence Overall => overall.Value;

    /// <summary>Arm of the whole attempt, which the evidence window may cut; null for both arms.</summary>
    public ArmEvidence Attempt(GenerationMode? mode) =>
        mode switch
        {
            GenerationMode.Json => jsonAttempt.Value,
            GenerationMode.FullCode => fullCodeAttempt.Value,
            _ => overallAttempt.Value,
        };

    /// <summary>JSON arm with the stage's earlier attempts, for what holds at every look.</summary>
    public ArmEvidence JsonSequence => jsonSequence.Value;

    public ArmEvidence FullCodeSequence => fullCodeSequence.Value;

    public ArmEvidence OverallSequence => overallSequence.Value;

    /// <summary>Lineages of both arms, for what is said about the modes; null where that is not asked for.</summary>
    public ModeEvidence? Modes => Inputs.ProofFor == ProofFor.Mode ? modes.Value : null;

    /// <summary>Whether the required time has passed; what is measured over it is inconclusive before.</summary>
    public bool TimeIsCovered => Inputs.Now - Inputs.AttemptStartedAt >= Inputs.MinimumTime;

    /// <summary>Counted iterations of all modes that bring one more of the given mode; null if that mode gets
    /// none.</summary>
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
