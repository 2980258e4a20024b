using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Core.Strategies;

/// <summary>Asks a question of an iteration that has begun.</summary>
internal static class QuestionInIteration
{
    /// <param name="wait">Null for who does not wait for a provider.</param>
    /// <exception cref="GenerationUnavailableException">No model answers now, and nobody waits.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static Task<ModelAnswer> AskAsync(
        RepeatedQuestion question,
        IIterationWait? wait,
        CancellationToken cancellationToken
    ) =>
        wait is null ? question.AskAsync(cancellationToken) : wait.UntilDoneAsync(question.AskAsync, cancellationToken);
}
