using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.AI;
using OpenAI;

namespace RolloutDashboard.Core.Llm.Providers.Kinds;

/// <summary>Chat completions as OpenAI, OpenRouter, Gemini's compatible endpoint, Ollama and vLLM offer them.</summary>
internal sealed class OpenAiKind : HttpProviderKind
{
    // The client, and what makes its answers those of every kind.
    private static readonly Assembly[] s_clients =
    [
        typeof(OpenAIClient).Assembly,
        typeof(OpenAIClientExtensions).Assembly,
    ];

    public override string Name => "OpenAi";

    public override string Title => "OpenAI-compatible";

    public override string PublicEndpoint => "https://api.openai.com/v1";

    public override string AnswerList => "choices";

    protected override IChatClient Connect(ProviderOptions options, string key, HttpClient http)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(EndpointOf(options)),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = WholeQuestion(options),
        };
        return new OpenAIClient(new ApiKeyCredential(key), settings).GetChatClient(options.Model).AsIChatClient();
    }

    internal override (int Status, string Message)? RefusalOf(Exception exception) =>
        exception is ClientResultException { Status: > 0 } result ? (result.Status, result.Message) : null;

    /// <summary>The client takes the first choice without a look at how many there are.</summary>
    internal override bool HasNoChoice(Exception exception) =>
        exception is ArgumentOutOfRangeException && s_clients.Contains(Thrower(exception));

    // The first one outside of the runtime, whose lists throw: our own handlers are called by the client too.
    private static Assembly? Thrower(Exception exception) =>
        new StackTrace(exception)
            .GetFrames()
            .Select(frame => frame.GetMethod()?.Module.Assembly)
            .FirstOrDefault(assembly => assembly is not null && assembly != typeof(object).Assembly);
}
