using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>HTTP for one provider: time-out per try, retries that honour Retry-After, bounded answers.</summary>
public static class ProviderHttp
{
    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <param name="key">Sent in the header of the kind, if it has one of its own.</param>
    /// <param name="retried">Told of each try that is made again, in words cleaned of secrets.</param>
    /// <param name="secrets">Takes secrets out of what comes back.</param>
    public static HttpClient Create(
        HttpProviderKind kind,
        ProviderOptions options,
        TimeProvider time,
        string? key = null,
        Action<string>? retried = null,
        SecretFilter? secrets = null
    )
    {
        var transport = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.Timeout < TimeSpan.FromSeconds(15) ? options.Timeout : TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var whole = new WholeAnswerHandler(transport, kind.AnswerList, LargestAnswer);
        var handler = new ResilienceHandler(Pipeline(options, time, secrets, retried))
        {
            InnerHandler =
                kind.KeyHeader is { } header && key is not null ? new ApiKeyHandler(whole, header, key) : whole,
        };

        // Each try has its own time-out; this one would cut the retries short.
        return new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(
        ProviderOptions options,
        TimeProvider time,
        SecretFilter? secrets,
        Action<string>? retried
    )
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry(options, time, secrets, retried));
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = options.Timeout }).Build();
    }

    private static HttpRetryStrategyOptions Retry(
        ProviderOptions options,
        TimeProvider time,
        SecretFilter? secrets,
        Action<string>? retried
    ) =>
        new()
        {
            MaxRetryAttempts = options.Retries,
            Delay = options.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldRetryAfterHeader = false,
            ShouldHandle = arguments =>
                ValueTask.FromResult(
                    !arguments.Context.CancellationToken.IsCancellationRequested
                        && (
                            HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                            || arguments.Outcome.Exception is IOException or OutsideProtocolException
                        )
                        && !(RetryAfter.Of(arguments.Outcome.Result, time) > options.LongestRetryAfter)
                ),
            DelayGenerator = arguments => ValueTask.FromResult(RetryAfter.Of(arguments.Outcome.Result, time)),
            OnRetry = arguments =>
            {
                var what = arguments.Outcome.Result is { } answer
                    ? ProviderFault.StatusWords((int)answer.StatusCode)
                    : ProviderFault.Of(arguments.Outcome.Exception!, options, secrets).Message;
                retried?.Invoke(
                    AttemptTrace.OfRetry(
                        options.Name,
                        what,
                        arguments.RetryDelay,
                        RetryAfter.Of(arguments.Outcome.Result, time) is not null
                    )
                );
                return default;
            },
        };

    private sealed class ApiKeyHandler(HttpMessageHandler inner, string header, string key) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Headers.Authorization = null;
            request.Headers.Remove(header);
            request.Headers.Add(header, key);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>
    /// Reads the answer to its end, so that a time-out or a break in the middle of it is retried like any other, and so
    /// is what is no answer of the interface.
    /// </summary>
    private sealed class WholeAnswerHandler(HttpMessageHandler inner, string answerList, int largest)
        : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
                await response.Content.LoadIntoBufferAsync(largest, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    AnswerProtocol.Check(
                        answerList,
                        await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
                    );
                }

                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
