using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>What a gate can tell.</summary>
/// <param name="Iterations">Expected iterations to a verdict: what the minimum samples take at the planned
/// share.</param>
/// <param name="PassIfMet">P(pass | the assumed rates are true), judged once, at the minimum samples; exact.</param>
/// <param name="PassIfNoEffect">The same with JSON as good as full code, and no better.</param>
/// <param name="HaltIfMet">P(halt) at the assumed rates; null where the gate does not halt.</param>
public sealed record PlannedGate(
    Stage Stage,
    int Iterations,
    int Json,
    int FullCode,
    string Criteria,
    double PassIfMet,
    double PassIfNoEffect,
    double? HaltIfMet,
    double? HaltIfNoEffect
);
