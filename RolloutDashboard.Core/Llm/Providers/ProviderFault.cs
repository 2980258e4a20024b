using System.ClientModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using Polly.Timeout;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What an exception of a provider's client means.</summary>
/// <param name="IsAboutThePrompt">The provider works and refuses this one question; else it is down for us.</param>
public sealed partial record ProviderFault(string Message, bool IsAboutThePrompt)
{
    /// <summary>The answer without text that it was; null for any other fault.</summary>
    public EmptyAnswerException? EmptyAnswer { get; init; }

    public static ProviderFault Of(Exception exception, TimeSpan timeout, params IEnumerable<string> secrets)
    {
        var (text, aboutThePrompt) = exception switch
        {
            ClientResultException { Status: > 0 } result => (Status(result.Status, result.Message), IsPromptStatus(result.Status)),
            AnthropicApiException api => (Status((int)api.StatusCode, api.Message), IsPromptStatus((int)api.StatusCode)),
            EmptyAnswerException => (exception.Message, true),
            _ when IsTimeout(exception) => ($"No answer within {timeout.TotalSeconds:0.#} s.", false),
            _ when Find<HttpRequestException>(exception) is { } http => ($"The connection failed: {http.GetBaseException().Message}", false),
            _ when Find<IOException>(exception) is { } broken => ($"The connection broke: {broken.Message}", false),
            ArgumentOutOfRangeException => ("The answer holds no text: its list of choices is empty.", true),
            JsonException => ("The answer could not be read: it is not this interface's JSON, or cut off; a gateway may have answered instead.", true),
            _ => ($"The answer could not be read: {exception.Message}", true),
        };

        // A bar parts one provider's fault from the next one's.
        return new ProviderFault(Redaction.Clean(text.Replace(" | ", " / ", StringComparison.Ordinal), secrets), aboutThePrompt) { EmptyAnswer = exception as EmptyAnswerException };
    }

    /// <summary>A status in words: "HTTP 429, too many requests or no quota left".</summary>
    public static string StatusWords(int status) => status switch
    {
        401 or 403 => $"HTTP {status}, the key is refused",
        404 => $"HTTP {status}, no such model or address",
        408 => $"HTTP {status}, it took too long",
        429 => $"HTTP {status}, too many requests or no quota left",
        400 or 413 or 422 => $"HTTP {status}, the question is refused",
        >= 500 => $"HTTP {status}, a fault of the provider",
        _ => $"HTTP {status}",
    };

    // 401, 403, 404 and 429 are about our key, model or limits: the same for every prompt.
    private static bool IsPromptStatus(int status) => status is 400 or 413 or 422;

    // Clients begin with the status again: "HTTP 400 (type: code)", or "Service request failed. Status: 400 (Bad Request)".
    private static string Status(int status, string message)
    {
        var known = Repeated().Match(message);
        var code = known.Groups["code"].Value is { Length: > 0 } given ? $" ({given})" : "";
        var rest = message[known.Length..].Trim();
        return rest.Length == 0 ? $"{StatusWords(status)}{code}." : $"{StatusWords(status)}{code}: {rest}";
    }

    [GeneratedRegex(@"^(?:HTTP \d+ \((?:[^:)\n]*: ?)?(?<code>[^)\n]*)\)|Service request failed\.(?:\s*Status: \d+ \([^)\n]*\))?)", RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();

    private static bool IsTimeout(Exception exception) =>
        Find<TimeoutRejectedException>(exception) is not null || Find<TimeoutException>(exception) is not null || exception is OperationCanceledException;

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }

            if (current is AggregateException aggregate && aggregate.InnerExceptions.Select(Find<T>).FirstOrDefault(inner => inner is not null) is { } nested)
            {
                return nested;
            }
        }

        return null;
    }
}

/// <summary>A provider answered without any text.</summary>
/// <param name="response">What came, labelled and cleaned of keys.</param>
public sealed class EmptyAnswerException(ChatResponse response)
    : Exception(ModelRefusal.Of(response)?.Line ?? $"The answer holds no text (finish reason {response.FinishReason?.Value ?? "none"}).")
{
    public ChatResponse Response { get; } = response;
}
