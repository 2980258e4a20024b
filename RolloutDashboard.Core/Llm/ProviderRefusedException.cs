using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm;

/// <summary>Providers were reached, and could not answer this one prompt; a failure of the iteration.</summary>
/// <param name="message">Already cleaned of keys.</param>
/// <param name="refuser">The first of them, and its model.</param>
/// <param name="setbacks">What else went wrong before, in order and cleaned of keys.</param>
public sealed class ProviderRefusedException(string message, ModelInUse refuser, IReadOnlyList<string> setbacks)
    : Exception(message)
{
    public ModelInUse Refuser { get; } = refuser;

    public IReadOnlyList<string> Setbacks { get; } = setbacks;

    /// <summary>What the first of them sent instead of a text; null if nothing came.</summary>
    public ChatResponse? EmptyAnswer { get; init; }
}
