using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions;

/// <summary>What a promotion would do, and the evidence for it, as of one moment.</summary>
/// <param name="To">The next stage; null from 3.4, whose gate ends the rollout.</param>
/// <param name="StateVersion">To be given back on confirming.</param>
/// <param name="Evidence">Fingerprint of the verdicts, likewise.</param>
/// <param name="Changes">Flags that the next stage's configuration changes.</param>
/// <param name="Locked">Why neither promotion nor override is possible; null when one is.</param>
/// <param name="NoOverride">Why the gate can't be overridden; null when it can.</param>
/// <param name="Judged">What the gate was judged from, for the decision record.</param>
public sealed record PromotionPreview(
    string RolloutName,
    Stage From,
    Stage? To,
    long StateVersion,
    string Evidence,
    int ConfigurationNumber,
    IReadOnlyList<FlagChange> Changes,
    GateReport Gate,
    string? Locked,
    string? NoOverride,
    GateInputSnapshot? Judged = null
)
{
    public bool MayPromote => Locked is null && Gate.Verdict == Verdict.Pass;
}
