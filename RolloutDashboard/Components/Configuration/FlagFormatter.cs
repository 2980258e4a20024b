using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Configuration;

/// <summary>What the flags of a stage do, and what a form offers for them.</summary>
public static class FlagFormatter
{
    private static readonly string[] TrueOrFalse = ["true", "false"];

    public static string Of(string flag) =>
        flag switch
        {
            "json_mode_enabled" => "The switch: false means no JSON anywhere.",
            "json_mode_probability" => "Share of requests that get JSON; none where the source decides.",
            "template_mode" => "With no share: template-library requests get JSON, freeform ones full code.",
            "use_json_mode" => "False: this stage assigns no JSON.",
            "fallback_to_full_code" =>
                "Runs full code for a JSON iteration whose generation failed; changes the effective mode only.",
            "prefer_json_mode" =>
                "Tries JSON once for a full-code iteration whose generation failed; changes the effective mode only.",
            "json_mode_default" => "The mode when neither source nor share decides.",
            "track_mode_performance" => "False leaves out comparison work, not records.",
            "innovation_rate" => "Percent of iterations made by the model; the rest mutate the best known parameters.",
            "template_cache_enabled" => "Whether indicators are shared between backtests.",
            _ => "",
        };

    /// <summary>The values that a flag can have; null where it takes a number.</summary>
    public static IReadOnlyList<string>? Choices(string flag) =>
        flag switch
        {
            "" or "json_mode_probability" or "innovation_rate" => null,
            "json_mode_default" => Enum.GetNames<GenerationMode>(),
            _ => TrueOrFalse,
        };

    public static string? Hint(string flag) =>
        flag switch
        {
            "json_mode_probability" => "0 to 1, or empty",
            "innovation_rate" => "0 to 100",
            _ => null,
        };
}
