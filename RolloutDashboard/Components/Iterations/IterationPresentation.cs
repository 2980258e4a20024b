using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Iterations;

/// <summary>An iteration's outcome and mode in shape and words.</summary>
public static class IterationPresentation
{
    public static StatusPresentation Of(IterationRow row) =>
        row.Status switch
        {
            IterationStatus.Running => new(Icons.Material.Outlined.Pending, "running", "info"),
            IterationStatus.Cancelled => new(Icons.Material.Outlined.DoNotDisturbOn, "cancelled", "quiet"),
            IterationStatus.Lost => new(Icons.Material.Filled.HeartBroken, "lost, counts as level 0", "bad"),
            _ => Of(row.Level),
        };

    public static StatusPresentation Of(SuccessLevel? level) =>
        level switch
        {
            SuccessLevel.Profitable => new(Icons.Material.Filled.CheckCircle, "level 3, success", "good"),
            SuccessLevel.Measured => new(Icons.Material.Outlined.TrendingDown, "level 2, no gain", "warn"),
            SuccessLevel.Executed => new(Icons.Material.Outlined.Rule, "level 1, metrics missing", "warn"),
            SuccessLevel.Failed => new(Icons.Material.Filled.Cancel, "level 0, failed", "bad"),
            _ => new(Icons.Material.Outlined.RadioButtonUnchecked, "no level", "quiet"),
        };

    public static string Word(GenerationMode? mode) =>
        mode switch
        {
            GenerationMode.Json => "JSON",
            GenerationMode.FullCode => "full code",
            _ => FigureFormatter.None,
        };

    /// <summary>The assigned mode, and the effective one where a fallback made it another.</summary>
    public static string Modes(IterationRow row) =>
        row.EffectiveMode is { } effective && effective != row.AssignedMode
            ? $"{Word(row.AssignedMode)} → {Word(effective)}"
            : Word(row.AssignedMode);
}
