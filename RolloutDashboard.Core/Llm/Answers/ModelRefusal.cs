using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>How a question was declined.</summary>
/// <param name="Text">The words that came with it, cleaned of keys; null where none came.</param>
public sealed record ModelRefusal(RefusalKind Kind, string? Text)
{
    private const int LongestText = 2_000;

    // Anthropic's name for it; others keep the ordinary reason and put the words aside.
    private const string RefusalReason = "refusal";

    /// <summary>The refusal that a response carries; null where it carries none.</summary>
    public static ModelRefusal? Of(ChatResponse response)
    {
        var words = string.Join(
                '\n',
                response
                    .Messages.SelectMany(message => message.Contents)
                    .OfType<ErrorContent>()
                    .Select(content => content.Message)
            )
            .Trim();
        var text = words.Length == 0 ? null : PromptSections.Cut(words, LongestText);
        return response.FinishReason == ChatFinishReason.ContentFilter
                ? new ModelRefusal(RefusalKind.ContentFilter, text)
            : text is not null || response.FinishReason?.Value == RefusalReason
                ? new ModelRefusal(RefusalKind.Model, text)
            : null;
    }

    /// <summary>One line for a record.</summary>
    [JsonIgnore]
    public string Line =>
        (Kind, Text) switch
        {
            (RefusalKind.ContentFilter, null) => "The provider's content filter held the answer back.",
            (RefusalKind.ContentFilter, _) => $"The provider's content filter held the answer back: {Text}",
            (_, null) => "The model refused to answer and gave no reason.",
            _ => $"The model refused to answer: {Text}",
        };
}
