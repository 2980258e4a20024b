using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>One ended iteration of a history.</summary>
/// <param name="At">When it ended; made up in even steps where the history names no time.</param>
/// <param name="Stage">Stage and attempt as recorded; null for a history that knows none.</param>
/// <param name="Checked">The same for the evidence checks; null where the recorded facts say what they found.</param>
public sealed record ReplayRow(
    EvidenceRow Row,
    DateTimeOffset At,
    Stage? Stage = null,
    int Attempt = 1,
    CheckedIteration? Checked = null
);
