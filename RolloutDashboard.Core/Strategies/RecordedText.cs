using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Core.Strategies;

/// <summary>The most that an iteration keeps of what others wrote; cut where it enters, so that records and pages stay
/// small.</summary>
public static class RecordedText
{
    /// <summary>Characters of a question, system part included.</summary>
    public const int LongestPrompt = 65_536;

    /// <summary>Characters of a model's answer: twice the longest program, so that prose beside it stays too.</summary>
    public const int LongestAnswer = 65_536;

    /// <summary>Characters of a program.</summary>
    public const int LongestCode = 32_768;

    /// <summary>Diagnostics or errors of one attempt.</summary>
    public const int MostErrors = 20;

    /// <summary>Characters of one of them.</summary>
    public const int LongestError = 400;

    /// <summary>Setbacks of one attempt.</summary>
    public const int MostSetbacks = 20;

    /// <summary>Characters of a failure's message, an exception's text included.</summary>
    public const int LongestMessage = 2_000;

    /// <summary>Characters of a failure's signature.</summary>
    public const int LongestSignature = 200;

    /// <summary>Characters of a name: provider, model, reason to finish.</summary>
    public const int LongestName = 200;

    /// <summary>A text cut to a length, with a note of what is missing.</summary>
    public static string Cut(string text, int longest) => PromptSections.Cut(text, longest);

    /// <inheritdoc cref="Cut(string, int)"/>
    public static string? CutIfAny(string? text, int longest) => text is null ? null : Cut(text, longest);

    /// <summary>The first lines, each cut, with a line that counts the rest.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyCollection<string> lines, int most) =>
        lines.Count <= most
            ? [.. lines.Select(line => Cut(line, LongestError))]
            :
            [
                .. lines.Take(most - 1).Select(line => Cut(line, LongestError)),
                $"... and {lines.Count - most + 1} more.",
            ];

    /// <summary>A failure with its texts cut.</summary>
    public static GenerationFailure Of(GenerationFailure failure) =>
        failure with
        {
            Message = Cut(failure.Message, LongestMessage),
            Signature = CutQuietly(failure.Signature, LongestSignature),
        };

    // A signature stays the same for the same cause: no length in it.
    private static string CutQuietly(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
