namespace RolloutDashboard.Core.Evaluation;

/// <summary>Whether what was recorded gives what was decided.</summary>
/// <param name="Judgements">Recorded assessments that were judged again.</param>
/// <param name="Decisions">Promotions, halts and automatic rollbacks that were judged again.</param>
/// <param name="WithoutInputs">Decisions of an older version that recorded no inputs.</param>
public sealed record VerifiedJudgements(
    int Judgements,
    int Decisions,
    int WithoutInputs,
    IReadOnlyList<ReplayMismatch> Mismatches
);
