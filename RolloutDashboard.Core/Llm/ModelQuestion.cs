using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Llm;

/// <summary>Asks a model one self-contained question.</summary>
public static class ModelQuestion
{
    /// <summary>Key in <see cref="ChatResponse.AdditionalProperties"/> of the provider's configured name.</summary>
    public const string ProviderProperty = "provider";

    /// <summary>Key of the cost in US dollars (double); absent if unknown.</summary>
    public const string CostProperty = "cost_usd";

    /// <summary>Key of what went wrong before the answer (list of strings); absent if unknown.</summary>
    public const string SetbacksProperty = "setbacks";

    /// <summary>Key of whether the tokens are estimated (bool); absent if they are not.</summary>
    public const string EstimatedProperty = "tokens_estimated";

    /// <exception cref="GenerationUnavailableException">No model can be asked now; the loop waits.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async Task<ModelAnswer> AskAsync(
        IChatClient model,
        string system,
        string prompt,
        ChatOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        try
        {
            var response = await model
                .GetResponseAsync(
                    [new(ChatRole.System, system), new(ChatRole.User, prompt)],
                    options,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return Of(response, time.GetElapsedTime(begun)) with
            {
                Setbacks =
                    response.AdditionalProperties?.GetValueOrDefault(SetbacksProperty) as IReadOnlyList<string> ?? [],
            };
        }
        catch (ProviderRefusedException refused)
        {
            return Refused(refused, time.GetElapsedTime(begun));
        }
        catch (Exception exception)
            when (exception is not GenerationUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            return Unanswered(time.GetElapsedTime(begun), Redaction.Clean(exception.Message));
        }
    }

    private static ModelAnswer Refused(ProviderRefusedException refused, TimeSpan latency)
    {
        var answer = refused.EmptyAnswer is { } empty ? Of(empty, latency) : Unanswered(latency, error: null);
        return answer with
        {
            Text = null,
            Provider = refused.Refuser.Provider,
            Model = refused.Refuser.Model,
            Error = refused.Message,
            Setbacks = refused.Setbacks,
        };
    }

    private static ModelAnswer Unanswered(TimeSpan latency, string? error) =>
        new(null, null, null, null, null, null, latency, null, error);

    private static ModelAnswer Of(ChatResponse response, TimeSpan latency) =>
        new(
            response.Text,
            response.AdditionalProperties?.GetValueOrDefault(ProviderProperty) as string,
            response.ModelId,
            response.Usage?.InputTokenCount,
            response.Usage?.OutputTokenCount,
            response.AdditionalProperties?.GetValueOrDefault(CostProperty) as double?,
            latency,
            response.FinishReason?.Value,
            Error: null
        )
        {
            TokensAreEstimated = response.AdditionalProperties?.GetValueOrDefault(EstimatedProperty) is true,
            Refusal = ModelRefusal.Of(response),
        };
}
