namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>What a gate that asks for proof takes as one.</summary>
public enum ProofFor
{
    /// <summary>A bound over iterations, which takes them for independent; of judgements before there were
    /// lineages.</summary>
    Iterations,

    /// <summary>A bound over lineages, which share no memory.</summary>
    Mode,
}
