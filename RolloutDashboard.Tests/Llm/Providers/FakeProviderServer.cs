using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>A local HTTP server that plays a provider: answers one scripted step per request, the last one again and
/// again.</summary>
internal sealed class FakeProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Task>[] _steps;
    private int _requests;

    private FakeProviderServer(WebApplication app, Func<HttpContext, Task>[] steps) => (_app, _steps) = (app, steps);

    public string Address => _app.Urls.Single();

    public int Requests => Volatile.Read(ref _requests);

    public ConcurrentQueue<(string Path, string Authorization, string Body)> Seen { get; } = [];

    public static async Task<FakeProviderServer> StartAsync(params Func<HttpContext, Task>[] steps)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new FakeProviderServer(builder.Build(), steps);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>An ordinary OpenAI chat completion.</summary>
    public static Func<HttpContext, Task> Says(string text, string model = "gpt-test") =>
        Raw(
            200,
            JsonSerializer.Serialize(
                new
                {
                    id = "c1",
                    @object = "chat.completion",
                    created = 1,
                    model,
                    choices = new[]
                    {
                        new
                        {
                            index = 0,
                            finish_reason = "stop",
                            message = new { role = "assistant", content = text },
                        },
                    },
                    usage = new
                    {
                        prompt_tokens = 1000,
                        completion_tokens = 200,
                        total_tokens = 1200,
                    },
                }
            )
        );

    /// <summary>An ordinary Anthropic message.</summary>
    public static Func<HttpContext, Task> SaysAsAnthropic(string text) =>
        Raw(
            200,
            JsonSerializer.Serialize(
                new
                {
                    id = "m1",
                    type = "message",
                    role = "assistant",
                    model = "claude-test",
                    content = new[] { new { type = "text", text } },
                    stop_reason = "end_turn",
                    usage = new { input_tokens = 500, output_tokens = 100 },
                }
            )
        );

    public static Func<HttpContext, Task> NoChoices { get; } =
        Raw(200, """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-test","choices":[]}""");

    public static Func<HttpContext, Task> Raw(int status, string body, string? retryAfter = null) =>
        async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            await context.Response.WriteAsync(body, context.RequestAborted);
        };

    public static Task Hang(HttpContext context) =>
        Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default);

    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Breaks the connection in the middle of the body.</summary>
    public static async Task BreakHalfway(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"id\":\"c1\",\"choices\":[", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = string.Create(
            CultureInfo.InvariantCulture,
            $"{context.Request.Headers.Authorization}|{context.Request.Headers["x-api-key"]}|{context.Request.Headers["anthropic-version"]}"
        );
        Seen.Enqueue((context.Request.Path, headers, body));
        await _steps[Math.Min(Interlocked.Increment(ref _requests), _steps.Length) - 1](context);
    }
}
