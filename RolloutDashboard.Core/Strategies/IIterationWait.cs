namespace RolloutDashboard.Core.Strategies;

/// <summary>Keeps an iteration that has begun at its step until what the step needs can be had again.</summary>
public interface IIterationWait
{
    /// <summary>Does a step, and again after a wait while it fails for lack of a provider, a sandbox or a
    /// database.</summary>
    /// <exception cref="OperationCanceledException">The token fired, be it during a wait.</exception>
    Task<T> UntilDoneAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken);
}
