using System.Text.Json;
using System.Text.RegularExpressions;
using Polly.Timeout;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What an exception of a provider's client means.</summary>
public sealed partial record ProviderFault(string Message, ProviderFaultKind Kind)
{
    /// <summary>The answer without text that it was; null for any other fault.</summary>
    public EmptyAnswerException? EmptyAnswer { get; init; }

    public static ProviderFault Of(Exception exception, ProviderOptions provider, SecretFilter? secrets = null)
    {
        var (text, kind) = Meaning(exception, provider);

        // A bar parts one provider's fault from the next one's.
        return new ProviderFault(Redaction.Clean(text.Replace(" | ", " / ", StringComparison.Ordinal), secrets), kind)
        {
            EmptyAnswer = exception as EmptyAnswerException,
        };
    }

    private static (string Text, ProviderFaultKind Kind) Meaning(Exception exception, ProviderOptions provider) =>
        exception switch
        {
            _ when Find<OutsideProtocolException>(exception) is { } outside => (
                outside.Message,
                outside.IsError ? ProviderFaultKind.Undecided : ProviderFaultKind.Passing
            ),
            _ when provider.Kind.RefusalOf(exception) is { } refusal => (
                Status(refusal.Status, refusal.Message),
                KindOf(refusal.Status)
            ),
            EmptyAnswerException => (exception.Message, ProviderFaultKind.Question),
            _ when IsTimeout(exception) => (
                $"No answer within {provider.Timeout.TotalSeconds:0.#} s.",
                ProviderFaultKind.Passing
            ),
            _ when Find<HttpRequestException>(exception) is { } http => (
                $"The connection failed: {http.GetBaseException().Message}",
                ProviderFaultKind.Passing
            ),
            _ when Find<IOException>(exception) is { } broken => (
                $"The connection broke: {broken.Message}",
                ProviderFaultKind.Passing
            ),
            _ when provider.Kind.HasNoChoice(exception) => (
                "The answer holds no text: its list of choices is empty.",
                ProviderFaultKind.Question
            ),
            JsonException => (
                "The answer could not be read: it is not this interface's JSON.",
                ProviderFaultKind.Undecided
            ),
            ArgumentException => (
                $"An unexpected error of this program or of the provider's client: {exception.GetType().Name}: {exception.Message}",
                ProviderFaultKind.Undecided
            ),
            _ => ($"The answer could not be read: {exception.Message}", ProviderFaultKind.Undecided),
        };

    /// <summary>A status in words: "HTTP 429, too many requests or no quota left".</summary>
    public static string StatusWords(int status) =>
        status switch
        {
            401 => $"HTTP {status}, the key is refused",
            402 => $"HTTP {status}, payment is asked for",
            403 => $"HTTP {status}, the key or the question is refused",
            404 => $"HTTP {status}, no such model or address",
            408 => $"HTTP {status}, it took too long",
            429 => $"HTTP {status}, too many requests or no quota left",
            400 or 413 or 422 => $"HTTP {status}, the question is refused",
            >= 500 => $"HTTP {status}, a fault of the provider",
            _ => $"HTTP {status}",
        };

    // Key, payment, address, time and limits are the same for every question. Any other refusal may be about this one
    // or about a parameter of all of them: 400 is both a content filter and an unknown parameter, 403 a moderation and
    // a refused key.
    private static ProviderFaultKind KindOf(int status) =>
        status switch
        {
            401 or 402 or 404 or 407 or 408 or 429 => ProviderFaultKind.Provider,
            >= 400 and < 500 => ProviderFaultKind.Undecided,
            >= 500 => ProviderFaultKind.Passing,
            _ => ProviderFaultKind.Provider,
        };

    // Clients begin with the status again: "HTTP 400 (type: code)", or "Service request failed. Status: 400 (Bad
    // Request)".
    private static string Status(int status, string message)
    {
        var known = Repeated().Match(message);
        var code = known.Groups["code"].Value is { Length: > 0 } given ? $" ({given})" : "";
        var rest = message[known.Length..].Trim();
        return rest.Length == 0 ? $"{StatusWords(status)}{code}." : $"{StatusWords(status)}{code}: {rest}";
    }

    [GeneratedRegex(
        @"^(?:HTTP \d+ \((?:[^:)\n]*: ?)?(?<code>[^)\n]*)\)|Service request failed\.(?:\s*Status: \d+ \([^)\n]*\))?)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Repeated();

    private static bool IsTimeout(Exception exception) =>
        Find<TimeoutRejectedException>(exception) is not null
        || Find<TimeoutException>(exception) is not null
        || exception is OperationCanceledException;

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }

            if (
                current is AggregateException aggregate
                && aggregate.InnerExceptions.Select(Find<T>).FirstOrDefault(inner => inner is not null) is { } nested
            )
            {
                return nested;
            }
        }

        return null;
    }
}
