using System.Text.Json;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>What a played provider does with one request.</summary>
/// <param name="Delay">How long it keeps the asker waiting.</param>
internal sealed record Played(int Status, string Body, string? RetryAfter = null, TimeSpan Delay = default)
{
    /// <summary>The connection is broken before an answer; only <see cref="ProvidersByIteration"/> plays it.</summary>
    public static Played Reset { get; } = new(0, "");

    /// <summary>An OpenAI chat completion.</summary>
    public static Played Says(string text, string model = "gpt-test") =>
        new(
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

    /// <summary>An Anthropic message.</summary>
    public static Played SaysAsAnthropic(string text) =>
        new(
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
}

/// <summary>A WireMock server that plays a provider: one step per request, the last one again and again.</summary>
internal sealed class PlayedProvider : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    /// <param name="path">Where this kind of provider is asked.</param>
    public PlayedProvider(string path, params Played[] steps)
    {
        for (var step = 0; step < steps.Length; step++)
        {
            var played = steps[step];
            var answer = Response
                .Create()
                .WithStatusCode(played.Status)
                .WithHeader("Content-Type", "application/json")
                .WithBody(played.Body);
            answer = played.RetryAfter is { } after ? answer.WithHeader("Retry-After", after) : answer;
            answer = played.Delay > TimeSpan.Zero ? answer.WithDelay(played.Delay) : answer;
            var scenario = _server.Given(Request.Create().WithPath(path).UsingPost()).InScenario("steps");
            scenario = step == 0 ? scenario : scenario.WhenStateIs(Name(step));
            (step + 1 < steps.Length ? scenario.WillSetStateTo(Name(step + 1)) : scenario).RespondWith(answer);
        }
    }

    public string Address => _server.Url!;

    public int Requests => _server.LogEntries.Count;

    public void Dispose() => _server.Dispose();

    private static string Name(int step) => $"step {step}";
}
