using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>What an edit would change and say, before it is saved.</summary>
/// <param name="Errors">What is wrong; the rest is empty then.</param>
/// <param name="InForce">The current stage's gate as of now, by the gates in force.</param>
/// <param name="Edited">The same by the edited ones.</param>
/// <param name="ReplayInForce">The recorded history by the gates in force; empty where no replay is at hand.</param>
public sealed record GateEditPreview(
    IReadOnlyList<GateFieldError> Errors,
    IReadOnlyList<GateChange> Changes,
    GateReport? InForce,
    GateReport? Edited,
    IReadOnlyList<GateReplayLine> ReplayInForce,
    IReadOnlyList<GateReplayLine> ReplayEdited
);
