using System.ClientModel;
using Anthropic.Exceptions;
using Polly.Timeout;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What an exception of a provider's client means.</summary>
/// <param name="IsAboutThePrompt">The provider works and refuses this one question; else it is down for us.</param>
public sealed record ProviderFault(string Message, bool IsAboutThePrompt)
{
    public static ProviderFault Of(Exception exception, TimeSpan timeout, params IEnumerable<string> secrets)
    {
        var (text, aboutThePrompt) = exception switch
        {
            ClientResultException { Status: > 0 } result => (Status(result.Status, result.Message), IsPromptStatus(result.Status)),
            AnthropicApiException api => (Status((int)api.StatusCode, api.Message), IsPromptStatus((int)api.StatusCode)),
            EmptyAnswerException => (exception.Message, true),
            _ when IsTimeout(exception) => ($"No answer within {timeout.TotalSeconds:0.#} s.", false),
            _ when Find<HttpRequestException>(exception) is { } http => ($"The connection failed: {http.Message}", false),
            _ when Find<IOException>(exception) is { } broken => ($"The connection broke: {broken.Message}", false),
            _ => ($"The answer could not be read: {exception.Message}", true),
        };
        return new ProviderFault(Redaction.Clean(text, secrets), aboutThePrompt);
    }

    // 401, 403, 404 and 429 are about our key, model or limits: the same for every prompt.
    private static bool IsPromptStatus(int status) => status is 400 or 413 or 422;

    private static string Status(int status, string message) => $"HTTP {status}: {message}";

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
public sealed class EmptyAnswerException(string message) : Exception(message);
