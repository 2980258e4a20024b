using Microsoft.Extensions.AI;

namespace RolloutDashboard.Tests.Llm;

/// <summary>A model that says what the test wrote down, and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params object[] script) : IChatClient
{
    public List<string> Prompts { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Prompts.Add(string.Join('\n', messages.Select(message => message.Text)));
        Options.Add(options);
        return script[Math.Min(Prompts.Count, script.Length) - 1] switch
        {
            Exception exception => Task.FromException<ChatResponse>(exception),
            var text => Task.FromResult(
                new ChatResponse(new ChatMessage(ChatRole.Assistant, (string)text)) { ModelId = "scripted-1" }
            ),
        };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
