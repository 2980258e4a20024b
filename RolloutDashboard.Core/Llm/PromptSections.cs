using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Llm;

/// <summary>
/// Prompts are made of named sections, each between a pair of tags on lines of their own.
/// Text that somebody else wrote can't open or close one, since tags inside a body are defused.
/// </summary>
public static partial class PromptSections
{
    /// <summary>Iteration, variation, exploration and attempt.</summary>
    public const string Run = "run";

    /// <summary>The template's name and description.</summary>
    public const string Template = "template";

    /// <summary>JSON schema of the answer's params.</summary>
    public const string Schema = "schema";

    /// <summary>Rules between parameters, one per line.</summary>
    public const string Rules = "rules";

    /// <summary>Fields of the market, one per line.</summary>
    public const string AvailableData = "available_data";

    /// <summary>Declarations that a program may use.</summary>
    public const string StrategyApi = "strategy_api";

    /// <summary>Metrics and parameters of the best strategy so far, as JSON.</summary>
    public const string Champion = "champion";

    /// <summary>Program of the best strategy so far.</summary>
    public const string ChampionCode = "champion_code";

    /// <summary>Earlier outcomes, one JSON object per line, newest first.</summary>
    public const string Feedback = "feedback";

    /// <summary>An answer that shows the form.</summary>
    public const string Example = "example";

    /// <summary>The answer that was refused.</summary>
    public const string RefusedAnswer = "refused_answer";

    /// <summary>Why it was refused, one error per line.</summary>
    public const string Errors = "errors";

    /// <summary>One section with its tags.</summary>
    public static string Write(string name, string body) => $"<{name}>\n{Defuse(body.Trim('\n', '\r'))}\n</{name}>";

    /// <summary>The body of the first section with this name, or null.</summary>
    public static string? Read(string prompt, string name)
    {
        var opening = $"<{name}>\n";
        var start = prompt.IndexOf(opening, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += opening.Length;
        var end = prompt.IndexOf($"\n</{name}>", start - 1, StringComparison.Ordinal);
        return end < start ? null : prompt[start..end];
    }

    /// <summary>Text of others, cut to a length that says so.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest
            ? text
            : string.Concat(
                text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest),
                $" ... [cut, {text.Length} characters]"
            );

    private static string Defuse(string body) => Tag().Replace(body, "< $1$2");

    // Whatever a reader may take for a tag of a section or for a change of speaker: any case, attributes, hidden
    // characters.
    [GeneratedRegex(
        @"<[\s\p{Cf}]*(/?)[\s\p{Cf}]*(\||(?:run|template|schema|rules|available_data|strategy_api|champion|champion_code|feedback|example|refused_answer|errors|system|user|assistant|instructions?)(?![\w-]))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Tag();
}
