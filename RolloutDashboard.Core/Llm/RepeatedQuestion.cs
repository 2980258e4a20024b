using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm;

/// <summary>
/// One question that may be asked again after a wait. Where it alone fails time after time while a plain one is
/// answered, the question is to blame and not the providers, so that it can't hold an iteration up for ever.
/// </summary>
internal sealed class RepeatedQuestion(
    IChatClient model,
    string system,
    string prompt,
    ChatOptions options,
    TimeProvider time
)
{
    private bool _failedBefore;

    /// <exception cref="GenerationUnavailableException">No model answers now; ask again after a wait.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public async Task<ModelAnswer> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AllProvidersDownException down) when (down.MayBeTheQuestion)
        {
            var again = _failedBefore;
            _failedBefore = true;
            if (!again || !await IsPlainAnsweredAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return await LastAsync(cancellationToken).ConfigureAwait(false);
    }

    // The providers may just have come back: only a question that fails between two plain ones that are answered is to
    // blame.
    private async Task<ModelAnswer> LastAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            return await OnceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AllProvidersDownException down) when (down.MayBeTheQuestion)
        {
            if (!await IsPlainAnsweredAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            var asked = (model.GetService(typeof(IModelInUse)) as IModelInUse)?.ModelInUse;
            return new ModelAnswer(
                null,
                asked?.Provider,
                asked?.Model,
                null,
                null,
                null,
                time.GetElapsedTime(begun),
                null,
                $"This question failed again and again while a plain one was answered. {down.Message}"
            );
        }
    }

    private async Task<bool> IsPlainAnsweredAsync(CancellationToken cancellationToken) =>
        model.GetService(typeof(IPlainQuestion)) is IPlainQuestion plain
        && await plain.IsAnsweredAsync(options, cancellationToken).ConfigureAwait(false);

    private Task<ModelAnswer> OnceAsync(CancellationToken cancellationToken) =>
        ModelQuestion.AskAsync(model, system, prompt, options, time, cancellationToken);
}
