using Anthropic;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Providers.Kinds;

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicKind : HttpProviderKind
{
    public override string Name => "Anthropic";

    public override string Title => "Anthropic";

    public override string PublicEndpoint => "https://api.anthropic.com";

    public override string AnswerList => "content";

    /// <summary>As Anthropic documents it; its client library would send <c>Authorization: Bearer</c>.</summary>
    public override string KeyHeader => "x-api-key";

    protected override IChatClient Connect(ProviderOptions options, string key, HttpClient http)
    {
        var client = new AnthropicClient
        {
            ApiKey = key,
            AuthToken = null,
            BaseUrl = EndpointOf(options),
            HttpClient = http,
            MaxRetries = 0,
            Timeout = WholeQuestion(options),
        };
        return client.AsIChatClient(options.Model, options.MaxOutputTokens);
    }

    internal override (int Status, string Message)? RefusalOf(Exception exception) =>
        exception is AnthropicApiException api ? ((int)api.StatusCode, api.Message) : null;
}
