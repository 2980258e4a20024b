namespace RolloutDashboard.Core.Llm;

/// <summary>No model can be asked now, and it is nobody's strategy that failed: the iteration waits and asks
/// again.</summary>
/// <param name="retryAt">When asking again makes sense; null if nobody knows.</param>
public abstract class GenerationUnavailableException(string message, DateTimeOffset? retryAt) : Exception(message)
{
    public DateTimeOffset? RetryAt { get; } = retryAt;
}
