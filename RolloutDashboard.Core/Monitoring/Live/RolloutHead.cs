using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Head of the page: what runs, where, and what happens next.</summary>
/// <param name="StateVersion">Version that every action but the stop must have seen.</param>
/// <param name="JsonEnabled">Whether JSON may be assigned now (configuration, latch and marker file all allow
/// it).</param>
/// <param name="JsonOffReason">Why not, if not.</param>
/// <param name="Headline">The state in words, with its tone, countdown, next step and figures.</param>
public sealed record RolloutHead(
    int Id,
    string Name,
    bool IsDemo,
    RolloutEnvironment Environment,
    Stage Stage,
    int Attempt,
    long StateVersion,
    int ConfigurationVersion,
    LoopState Loop,
    string? LoopReason,
    bool JsonEnabled,
    string? JsonOffReason,
    Verdict Verdict,
    Headline Headline
)
{
    /// <summary>Why the rollout can't be promoted now, as a disabled button says it; null when a person may.</summary>
    public string? WhyNoPromotion { get; init; }

    /// <summary>The override that the current stage was entered by; stays visible.</summary>
    public OverrideView? Override { get; init; }
}
