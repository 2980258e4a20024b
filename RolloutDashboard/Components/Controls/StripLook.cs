using MudBlazor;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Controls;

/// <summary>How the verdict strip looks from across a room: JSON switched off outranks any verdict.</summary>
public sealed record StripLook(string Icon, string Tone)
{
    public static StripLook Of(RolloutHead rollout) => rollout switch
    {
        { JsonEnabled: false } => new(Icons.Material.Filled.SettingsBackupRestore, "bad"),
        { Verdict: Verdict.Fail or Verdict.Error } => new(VerdictLook.Of(rollout.Verdict).Icon, "bad"),
        { Loop: LoopState.Waiting } => new(Icons.Material.Filled.HourglassBottom, "warn"),
        { Loop: LoopState.Paused } => new(Icons.Material.Filled.PauseCircle, "warn"),
        { Loop: LoopState.Stopped } => new(Icons.Material.Filled.StopCircle, "warn"),
        { Verdict: Verdict.Pass } => new(VerdictLook.Of(Verdict.Pass).Icon, "good"),
        _ => new(Icons.Material.Filled.HourglassTop, "info"),
    };
}
