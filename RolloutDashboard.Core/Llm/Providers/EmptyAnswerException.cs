using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>A provider answered without any text.</summary>
/// <param name="response">What came, labelled and cleaned of keys.</param>
public sealed class EmptyAnswerException(ChatResponse response)
    : Exception(
        ModelRefusal.Of(response)?.Line
            ?? $"The answer holds no text (finish reason {response.FinishReason?.Value ?? "none"})."
    )
{
    public ChatResponse Response { get; } = response;
}
