using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm;

/// <summary>A model that can be tried with a question which nobody could refuse.</summary>
public interface IPlainQuestion
{
    /// <summary>Whether a plain question with the parameters of another one is answered now.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    Task<bool> IsAnsweredAsync(ChatOptions parameters, CancellationToken cancellationToken);
}
