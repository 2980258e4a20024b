using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>Makes a provider's client from its options and the environment.</summary>
internal static class ProviderFactory
{
    // Clients insist on some key; servers without one ignore it.
    private const string NoKey = "none";

    // Written out, since the clients would otherwise take an address from the environment and send the key there.
    private const string OpenAiEndpoint = "https://api.openai.com/v1";
    private const string AnthropicEndpoint = "https://api.anthropic.com";

    public static ProviderLink Create(
        ProviderOptions options,
        string offlineSeed,
        Func<string, string?> environment,
        TimeProvider time,
        Action<string> retried,
        SecretFilter secrets
    )
    {
        if (options.Kind == ProviderKind.Offline)
        {
            return new ProviderLink(options, new OfflineGenerator(offlineSeed), null, SecretFilter.None, null);
        }

        var key = options.ApiKeyEnvironmentVariable is { Length: > 0 } variable ? environment(variable)?.Trim() : NoKey;
        if (string.IsNullOrEmpty(key))
        {
            return new ProviderLink(
                options,
                null,
                $"The environment variable {options.ApiKeyEnvironmentVariable} is not set.",
                secrets,
                null
            );
        }

        var http = ProviderHttp.Create(options, time, key, retried, secrets);
        var client =
            options.Kind == ProviderKind.Anthropic ? Anthropic(options, key, http) : OpenAi(options, key, http);
        return new ProviderLink(options, client, null, secrets, http);
    }

    private static IChatClient OpenAi(ProviderOptions options, string key, HttpClient http)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(options.Endpoint ?? OpenAiEndpoint),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = WholeQuestion(options),
        };
        return new OpenAIClient(new ApiKeyCredential(key), settings).GetChatClient(options.Model).AsIChatClient();
    }

    private static IChatClient Anthropic(ProviderOptions options, string key, HttpClient http)
    {
        var client = new AnthropicClient
        {
            ApiKey = key,
            AuthToken = null,
            BaseUrl = options.Endpoint ?? AnthropicEndpoint,
            HttpClient = http,
            MaxRetries = 0,
            Timeout = WholeQuestion(options),
        };
        return client.AsIChatClient(options.Model, options.MaxOutputTokens);
    }

    /// <summary>All tries with the longest waits between them; only a net under the resilience handler's own
    /// limits.</summary>
    private static TimeSpan WholeQuestion(ProviderOptions options) =>
        ((options.Timeout + options.LongestRetryAfter + TimeSpan.FromMinutes(2)) * (options.Retries + 1))
        + TimeSpan.FromMinutes(1);
}
