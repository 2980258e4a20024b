using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>One question as it came over HTTP.</summary>
/// <param name="Iteration">Null for a question that belongs to no iteration.</param>
/// <param name="Example">An answer that the question's own schema accepts; empty where there is none.</param>
internal sealed record HeardQuestion(bool IsJson, long? Iteration, string Example, string Body)
{
    /// <summary>Whether it is one that nobody could refuse.</summary>
    public bool IsPlain => Iteration is null;
}

/// <summary>A local HTTP server that plays an OpenAI-compatible provider by what it is asked, and notes all of
/// it.</summary>
internal sealed partial class AnsweringProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AnsweringProvider(WebApplication app) => _app = app;

    /// <summary>What it answers; may be exchanged while it runs.</summary>
    public required Func<HeardQuestion, Played> Answer { get; set; }

    public ConcurrentQueue<HeardQuestion> Heard { get; } = [];

    public string Endpoint => _app.Urls.Single() + "/v1";

    public static async Task<AnsweringProvider> StartAsync(Func<HeardQuestion, Played> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new AnsweringProvider(builder.Build()) { Answer = answer };
        provider._app.Run(provider.AnswerAsync);
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>What an ordinary provider says.</summary>
    public static Played Sound(HeardQuestion question) =>
        Played.Says(
            question.IsPlain ? """{"answer": "ok"}"""
            : question.IsJson ? question.Example
            : "```csharp\npublic sealed class A : Strategy { }\n```"
        );

    /// <summary>A completion whose message is as given.</summary>
    public static Played Message(object message, string finishReason = "stop") =>
        new(
            200,
            JsonSerializer.Serialize(
                new
                {
                    id = "c1",
                    @object = "chat.completion",
                    created = 1,
                    model = "gpt-test",
                    choices = new[]
                    {
                        new
                        {
                            index = 0,
                            finish_reason = finishReason,
                            message,
                        },
                    },
                    usage = new
                    {
                        prompt_tokens = 1000,
                        completion_tokens = 20,
                        total_tokens = 1020,
                    },
                }
            )
        );

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        using var asked = JsonDocument.Parse(body);
        var prompt = asked
            .RootElement.GetProperty("messages")
            .EnumerateArray()
            .Last()
            .GetProperty("content")
            .ToString();
        var number = Number().Match(prompt);
        var question = new HeardQuestion(
            prompt.Contains("<schema>", StringComparison.Ordinal),
            number.Success ? long.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture) : null,
            Sample().Match(prompt).Value,
            body
        );
        Heard.Enqueue(question);
        var played = Answer(question);
        await Task.Delay(played.Delay, context.RequestAborted);
        context.Response.StatusCode = played.Status;
        context.Response.ContentType = played.Body.StartsWith('<') ? "text/html" : "application/json";
        await context.Response.WriteAsync(played.Body, context.RequestAborted);
    }

    [GeneratedRegex(@"iteration: (\d+)")]
    private static partial Regex Number();

    [GeneratedRegex("""\{"reasoning":.+\}""")]
    private static partial Regex Sample();
}
