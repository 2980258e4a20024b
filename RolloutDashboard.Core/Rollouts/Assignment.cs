using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>The mode of an iteration and the rule that gave it.</summary>
/// <param name="Reason">The rule in words, with its numbers; for people.</param>
public sealed record Assignment(GenerationMode Mode, AssignmentRule Rule, string Reason)
{
    /// <summary>Applies the flags, first match wins.</summary>
    /// <param name="switchWhyNot">Why latch or marker file forbid JSON; null when they allow it.</param>
    /// <param name="draw">Draws by the configured share; called only where the share decides.</param>
    public static Assignment Decide(StageConfiguration configuration, RequestSource source, string? switchWhyNot, Func<double, (bool IsJson, string Reason)> draw)
    {
        if (switchWhyNot is not null)
        {
            return new Assignment(GenerationMode.FullCode, AssignmentRule.JsonOff, $"JSON is off: {switchWhyNot}");
        }

        if (!configuration.JsonModeEnabled)
        {
            return new Assignment(GenerationMode.FullCode, AssignmentRule.JsonOff, "JSON is off: json_mode_enabled is false");
        }

        if (!configuration.UseJsonMode)
        {
            return new Assignment(GenerationMode.FullCode, AssignmentRule.JsonOff, "use_json_mode is false");
        }

        if (configuration.TemplateMode && configuration.JsonModeProbability is null)
        {
            return source == RequestSource.TemplateLibrary
                ? new Assignment(GenerationMode.Json, AssignmentRule.Source, "template library request")
                : new Assignment(GenerationMode.FullCode, AssignmentRule.Source, "freeform request");
        }

        if (configuration.JsonModeProbability is { } share)
        {
            var (isJson, reason) = draw(share);
            return new Assignment(isJson ? GenerationMode.Json : GenerationMode.FullCode, AssignmentRule.Share, reason);
        }

        return new Assignment(configuration.JsonModeDefault, AssignmentRule.Default, "json_mode_default");
    }

    /// <summary>Whether the draw needs a slot, so that only those assignments use one up.</summary>
    public static bool NeedsDraw(StageConfiguration configuration, string? switchWhyNot) =>
        switchWhyNot is null && configuration is { JsonModeEnabled: true, UseJsonMode: true, JsonModeProbability: not null };
}
