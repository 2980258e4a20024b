using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>What is to be replayed, and by which policy.</summary>
/// <param name="ImportId">An imported data set; null for the live rollout.</param>
/// <param name="FirstStage">Where an imported history begins.</param>
/// <param name="GateVersion">A stored version of the gates; null for the one in force.</param>
/// <param name="With">Changes to it, as <see cref="PolicyEdits"/> reads them.</param>
public sealed record ReplayRequest(
    int? ImportId = null,
    int? Run = null,
    Stage FirstStage = Stage.TemplateLibraryOnly,
    int? GateVersion = null,
    string? With = null
);
