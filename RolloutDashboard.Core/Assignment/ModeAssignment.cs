using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Assignment;

/// <summary>The mode of an iteration and the rule that gave it.</summary>
/// <param name="Reason">The rule in words, with its numbers; for people.</param>
public sealed record ModeAssignment(GenerationMode Mode, AssignmentRule Rule, string Reason)
{
    /// <summary>Applies the flags, first match wins.</summary>
    /// <param name="switchWhyNot">Why latch or marker file forbid JSON; null when they allow it.</param>
    /// <param name="draw">Draws by the configured share; called only where the share decides.</param>
    public static ModeAssignment Decide(
        StageConfiguration configuration,
        RequestSource source,
        string? switchWhyNot,
        Func<double, (bool IsJson, string Reason)> draw
    )
    {
        if (WhyJsonIsOff(configuration, switchWhyNot) is { } whyOff)
        {
            return new ModeAssignment(GenerationMode.FullCode, AssignmentRule.JsonOff, whyOff);
        }

        if (configuration.TemplateMode && configuration.JsonModeProbability is null)
        {
            return source == RequestSource.TemplateLibrary
                ? new ModeAssignment(GenerationMode.Json, AssignmentRule.Source, "template library request")
                : new ModeAssignment(GenerationMode.FullCode, AssignmentRule.Source, "freeform request");
        }

        if (configuration.JsonModeProbability is { } share)
        {
            var (isJson, reason) = draw(share);
            return new ModeAssignment(
                isJson ? GenerationMode.Json : GenerationMode.FullCode,
                AssignmentRule.Share,
                reason
            );
        }

        return new ModeAssignment(configuration.JsonModeDefault, AssignmentRule.Default, "json_mode_default");
    }

    /// <summary>Whether the draw needs a slot, so that only those assignments use one up.</summary>
    public static bool NeedsDraw(StageConfiguration configuration, string? switchWhyNot) =>
        switchWhyNot is null
        && configuration is { JsonModeEnabled: true, UseJsonMode: true, JsonModeProbability: not null };

    private static string? WhyJsonIsOff(StageConfiguration configuration, string? switchWhyNot) =>
        switchWhyNot is not null ? $"JSON is off: {switchWhyNot}"
        : !configuration.JsonModeEnabled ? "JSON is off: json_mode_enabled is false"
        : !configuration.UseJsonMode ? "use_json_mode is false"
        : null;
}
