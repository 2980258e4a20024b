using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Providers.Kinds;

/// <summary>An interface that is asked over HTTP. It needs a key at its public endpoint; a configured one may do
/// without.</summary>
public abstract class HttpProviderKind : ProviderKind
{
    // Clients insist on some key; servers without one ignore it.
    private const string NoKey = "none";

    /// <summary>Written out, since a client would otherwise take an address from the environment and send the key
    /// there.</summary>
    public abstract string PublicEndpoint { get; }

    /// <summary>The list that every answer of the interface has, so that a gateway's page is not taken for
    /// one.</summary>
    public abstract string AnswerList { get; }

    /// <summary>The header that carries the key in place of what the client would send; null to leave it to the
    /// client.</summary>
    public virtual string? KeyHeader => null;

    internal sealed override ProviderLink Link(ProviderOptions options, LinkParts parts)
    {
        var key = options.ApiKeyEnvironmentVariable is { Length: > 0 } variable
            ? parts.Environment(variable)?.Trim()
            : NoKey;
        if (string.IsNullOrEmpty(key))
        {
            return new ProviderLink(
                options,
                null,
                $"The environment variable {options.ApiKeyEnvironmentVariable} is not set.",
                parts.Secrets,
                null
            );
        }

        var http = ProviderHttp.Create(this, options, parts.Time, key, parts.Retried, parts.Secrets);
        return new ProviderLink(options, Connect(options, key, http), null, parts.Secrets, http);
    }

    /// <summary>Makes the client. It sends through <paramref name="http"/>, makes no tries of its own and waits for
    /// <see cref="WholeQuestion"/>.</summary>
    protected abstract IChatClient Connect(ProviderOptions options, string key, HttpClient http);

    protected string EndpointOf(ProviderOptions options) => options.Endpoint ?? PublicEndpoint;

    /// <summary>All tries with the longest waits between them; only a net under the resilience handler's own
    /// limits.</summary>
    protected static TimeSpan WholeQuestion(ProviderOptions options) =>
        ((options.Timeout + options.LongestRetryAfter + TimeSpan.FromMinutes(2)) * (options.Retries + 1))
        + TimeSpan.FromMinutes(1);
}
