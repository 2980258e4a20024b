using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>
/// A search without any model behind the interface of one: the same seed and prompt always give the same answer. It
/// reads the prompt and nothing else, and knows no success rate; what fails is what compiler, rules and backtest
/// refuse.
/// </summary>
public sealed class OfflineGenerator(string seed) : IChatClient
{
    public const string ProviderName = "offline generator";

    public const string ModelName = "offline-1";

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var prompt = string.Join('\n', messages.Select(message => message.Text));
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(prompt)))
        {
            ModelId = ModelName,
            FinishReason = ChatFinishReason.Stop,
            AdditionalProperties = new()
            {
                [ModelQuestion.ProviderProperty] = ProviderName,
                [ModelQuestion.CostProperty] = 0.0,
            },
        };
        return Task.FromResult(response);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(ProviderName, defaultModelId: ModelName)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() { }

    private string Answer(string prompt)
    {
        var choices = new SeededChoices($"{seed}\n{prompt}");
        if (PromptSections.Read(prompt, PromptSections.Schema) is { } schema)
        {
            return new ParameterSearch(ParameterPrompt.Read(prompt, schema), choices).Answer();
        }

        return PromptSections.Read(prompt, PromptSections.StrategyApi) is not null
            ? ProgramSearch.Answer(ProgramPrompt.Read(prompt), choices)
            : "The offline generator answers prompts with a parameter schema or a strategy API, and this prompt has neither.";
    }
}
