using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>A history to judge again.</summary>
public sealed record ReplayHistory
{
    /// <summary>In the order in which they ended.</summary>
    public required IReadOnlyList<ReplayRow> Rows { get; init; }

    /// <summary>In the order of time; empty for an imported history, whose gates then judge by iterations
    /// alone.</summary>
    public IReadOnlyList<ReplayFacts> Facts { get; init; } = [];

    /// <summary>Where a history without stages begins.</summary>
    public Stage FirstStage { get; init; } = Stage.TemplateLibraryOnly;

    /// <summary>Whether its times are its own; without them no criterion of time is asked.</summary>
    public bool HasTimes { get; init; } = true;
}
