using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm;

/// <summary>What came of one question to a model.</summary>
/// <param name="Text">Null when there is an error.</param>
/// <param name="CostUsd">Null if the price or the number of tokens is unknown; 0 only for what is free.</param>
/// <param name="Error">The provider's fault in one cleaned line.</param>
public sealed record ModelAnswer(string? Text, string? Provider, string? Model, long? InputTokens, long? OutputTokens, double? CostUsd, TimeSpan Latency, string? FinishReason, string? Error)
{
    /// <summary>What went wrong before this came: tries that were made again, providers that failed or were passed over. Cleaned of keys.</summary>
    public IReadOnlyList<string> Setbacks { get; init; } = [];
}

/// <summary>Asks a model one self-contained question.</summary>
public static class ModelQuestion
{
    /// <summary>Key in <see cref="ChatResponse.AdditionalProperties"/> of the provider's configured name.</summary>
    public const string ProviderProperty = "provider";

    /// <summary>Key of the cost in US dollars (double); absent if unknown.</summary>
    public const string CostProperty = "cost_usd";

    /// <summary>Key of what went wrong before the answer (list of strings); absent if unknown.</summary>
    public const string SetbacksProperty = "setbacks";

    /// <exception cref="GenerationUnavailableException">No model can be asked now; the loop waits.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async Task<ModelAnswer> AskAsync(IChatClient model, string system, string prompt, ChatOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var response = await model.GetResponseAsync([new(ChatRole.System, system), new(ChatRole.User, prompt)], options, cancellationToken).ConfigureAwait(false);
            return new ModelAnswer(
                response.Text,
                response.AdditionalProperties?.GetValueOrDefault(ProviderProperty) as string,
                response.ModelId,
                response.Usage?.InputTokenCount,
                response.Usage?.OutputTokenCount,
                response.AdditionalProperties?.GetValueOrDefault(CostProperty) as double?,
                time.GetElapsedTime(begun),
                response.FinishReason?.Value,
                Error: null) { Setbacks = response.AdditionalProperties?.GetValueOrDefault(SetbacksProperty) as IReadOnlyList<string> ?? [] };
        }
        catch (ProviderRefusedException refused)
        {
            return new ModelAnswer(null, refused.Refuser.Provider, refused.Refuser.Model, null, null, null, time.GetElapsedTime(begun), null, refused.Message) { Setbacks = refused.Setbacks };
        }
        catch (Exception exception) when (exception is not GenerationUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            return new ModelAnswer(null, null, null, null, null, null, time.GetElapsedTime(begun), null, Redaction.Clean(exception.Message));
        }
    }
}
