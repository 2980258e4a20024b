using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm;

/// <summary>No model can be asked now, and it is nobody's strategy that failed: the iteration waits and asks again.</summary>
/// <param name="retryAt">When asking again makes sense; null if nobody knows.</param>
public abstract class GenerationUnavailableException(string message, DateTimeOffset? retryAt) : Exception(message)
{
    public DateTimeOffset? RetryAt { get; } = retryAt;
}

/// <summary>The hour's or the day's budget is used up.</summary>
public sealed class BudgetExhaustedException(string message, DateTimeOffset retryAt) : GenerationUnavailableException(message, retryAt);

/// <summary>Every provider is out of reach, limited, or refuses our key.</summary>
public sealed class AllProvidersDownException(string message, DateTimeOffset? retryAt) : GenerationUnavailableException(message, retryAt)
{
    /// <summary>Whether each provider that was asked failed in a way that one question alone can bring about, such as a time-out.</summary>
    public bool MayBeTheQuestion { get; init; }
}

/// <summary>Providers were reached, and could not answer this one prompt; a failure of the iteration.</summary>
/// <param name="message">Already cleaned of keys.</param>
/// <param name="refuser">The first of them, and its model.</param>
/// <param name="setbacks">What else went wrong before, in order and cleaned of keys.</param>
public sealed class ProviderRefusedException(string message, ModelInUse refuser, IReadOnlyList<string> setbacks) : Exception(message)
{
    public ModelInUse Refuser { get; } = refuser;

    public IReadOnlyList<string> Setbacks { get; } = setbacks;

    /// <summary>What the first of them sent instead of a text; null if nothing came.</summary>
    public ChatResponse? EmptyAnswer { get; init; }
}
