namespace RolloutDashboard.Core.Llm;

/// <summary>Every provider is out of reach, limited, or refuses our key.</summary>
public sealed class AllProvidersDownException(string message, DateTimeOffset? retryAt)
    : GenerationUnavailableException(message, retryAt)
{
    /// <summary>Whether each provider that was asked failed in a way that one question alone can bring about, such as a
    /// time-out.</summary>
    public bool MayBeTheQuestion { get; init; }
}
