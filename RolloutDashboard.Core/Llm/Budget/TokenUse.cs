using System.Text;
using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>What one answer used.</summary>
/// <param name="IsEstimated">Whether the provider did not count the tokens, or counted none, so that they come from the
/// length of the texts.</param>
public sealed record TokenUse(long Input, long Output, bool IsEstimated)
{
    // About four bytes a token in English, and one and a third tokens a character where a character has three bytes.
    private const double BytesPerToken = 4;

    /// <summary>The tokens as the provider counted them; a side that it left out or gave as 0 although there is text is
    /// estimated.</summary>
    public static TokenUse Of(UsageDetails? usage, IEnumerable<ChatMessage> asked, ChatResponse answer)
    {
        var input = Known(usage?.InputTokenCount);
        var output = Known(usage?.OutputTokenCount);
        if (input is not null && output is not null)
        {
            return new TokenUse(input.Value, output.Value, IsEstimated: false);
        }

        var (askedTokens, answerTokens) = (Estimate(asked), Estimate(answer.Messages));
        var isEstimated = (input is null && askedTokens > 0) || (output is null && answerTokens > 0);
        return new TokenUse(input ?? askedTokens, output ?? answerTokens, isEstimated);
    }

    /// <summary>Tokens of a text by its length in UTF-8, rounded up.</summary>
    public static long Estimate(string text) => (long)Math.Ceiling(Encoding.UTF8.GetByteCount(text) / BytesPerToken);

    private static long Estimate(IEnumerable<ChatMessage> messages) =>
        messages
            .SelectMany(message => message.Contents)
            .Sum(content =>
                content switch
                {
                    TextContent text => Estimate(text.Text),
                    TextReasoningContent reasoning => Estimate(reasoning.Text),
                    ErrorContent refusal => Estimate(refusal.Message ?? ""),
                    _ => 0,
                }
            );

    private static long? Known(long? count) => count > 0 ? count : null;
}
