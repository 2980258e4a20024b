using System.Text.Json;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Strategies;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>One way in which a provider may answer, and what the record and the page then say.</summary>
/// <param name="FailureKind">Null where a strategy comes out.</param>
/// <param name="Shown">Words that the iteration's page must show.</param>
public sealed record ProviderCase(
    string Name,
    string? FailureKind,
    string? Signature,
    int Attempts,
    int Requests,
    string Shown
)
{
    internal Played[] Steps { get; init; } = [];

    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public override string ToString() => Name;
}

/// <summary>Providers' answers through the real pipeline: the stored record, and the page.</summary>
public sealed class ProviderRecordTests
{
    private const string OpenAiPath = "/v1/chat/completions";

    private static readonly string Sound =
        $$"""{"reasoning":"{{new string('r', 80)}}","template":"PriceMomentum","params":{{Requests.PriceMomentum.Schema.Defaults().ToCanonicalJson()}}}""";

    private static readonly string WrongType = Sound.Replace(
        "\"n_stocks\":10",
        "\"n_stocks\":\"ten\"",
        StringComparison.Ordinal
    );

    private static readonly string Echoed =
        $$$"""{"error":{"message":"Request of key {{{ChainBench.Key}}} refused","type":"x"}}""";

    public static TheoryData<ProviderCase> Cases =>
        [
            new ProviderCase(
                "429 with Retry-After",
                null,
                null,
                1,
                2,
                "main: HTTP 429, too many requests or no quota left; asked again after 1 s, as Retry-After says."
            )
            {
                Steps = [new(429, Echoed, RetryAfter: "1"), Played.Says(Sound)],
            },
            new ProviderCase("500", null, null, 1, 2, "main: HTTP 500, a fault of the provider; asked again after")
            {
                Steps = [new(500, Echoed), Played.Says(Sound)],
            },
            // The server counts what it answered; the first asker had gone by then.
            new ProviderCase("time-out", null, null, 1, 1, "main: No answer within 2 s; asked again after")
            {
                Steps = [Played.Says(Sound) with { Delay = TimeSpan.FromSeconds(6) }, Played.Says(Sound)],
                Timeout = TimeSpan.FromSeconds(2),
            },
            new ProviderCase(
                "empty choices",
                GenerationFailureKinds.Provider,
                "provider",
                3,
                3,
                "its list of choices is empty"
            )
            {
                Steps =
                [
                    new(200, """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-test","choices":[]}"""),
                ],
            },
            new ProviderCase("truncated JSON", GenerationFailureKinds.NoJson, "no-json: truncated", 3, 3, "cut off")
            {
                Steps = [Played.Says(Sound[..^20])],
            },
            new ProviderCase("fenced JSON", null, null, 1, 1, "accepted")
            {
                Steps = [Played.Says($"```json\n{Sound}\n```")],
            },
            new ProviderCase("prose around JSON", null, null, 1, 1, "accepted")
            {
                Steps = [Played.Says($"Here you are:\n{Sound}\nAll the best!")],
            },
            new ProviderCase(
                "wrong types",
                GenerationFailureKinds.Invalid,
                "invalid-parameters: params.n_stocks",
                3,
                3,
                "params.n_stocks"
            )
            {
                Steps = [Played.Says(WrongType)],
            },
            new ProviderCase(
                "off the grid",
                GenerationFailureKinds.Invalid,
                "invalid-parameters: params.n_stocks",
                3,
                3,
                "params.n_stocks"
            )
            {
                Steps = [Played.Says(Sound.Replace("\"n_stocks\":10", "\"n_stocks\":11", StringComparison.Ordinal))],
            },
            new ProviderCase("wrong types, then mended", null, null, 2, 2, "1 error")
            {
                Steps = [Played.Says(WrongType), Played.Says(Sound)],
            },
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_ProviderAnswers_RecordAndPageTellTheOutcome(ProviderCase played)
    {
        using var provider = new PlayedProvider(OpenAiPath, played.Steps);
        await using var bench = await PipelineBench.OpenAsync(
            Provider(provider.Address) with
            {
                BreakAfter = 10,
                Timeout = played.Timeout,
            }
        );

        var record = await bench.RunAsync();
        var page = await bench.PageAsync(record);

        Assert.Equal((played.FailureKind, played.Signature), (record.FailureKind, record.FailureSignature));
        Assert.Equal(
            (IterationStatus.Finished, played.Attempts, played.Requests),
            (record.Status, record.Attempts, provider.Requests)
        );
        Assert.Equal(played.FailureKind is null, record.Level > SuccessLevel.Failed);
        Assert.Equal(("main", "gpt-test"), (record.Provider, record.Model));
        Assert.Null(record.CostUsd);
        Assert.Contains(played.Shown, page, StringComparison.Ordinal);
        Assert.Contains("main, gpt-test", page, StringComparison.Ordinal);
        Assert.Contains(played.FailureKind ?? "tokens", page, StringComparison.Ordinal);
        await bench.AssertNoKeyAnywhereAsync(page, JsonSerializer.Serialize(record));
    }

    [Fact]
    public async Task Run_ConnectionReset_IsAskedAgain()
    {
        await using var provider = await FakeProviderServer.StartAsync(
            FakeProviderServer.Reset,
            FakeProviderServer.BreakHalfway,
            FakeProviderServer.Says(Sound)
        );
        await using var bench = await PipelineBench.OpenAsync(ChainBench.Provider("main", provider));

        var record = await bench.RunAsync();

        Assert.Equal((IterationStatus.Finished, 1, null), (record.Status, record.Attempts, record.FailureKind));
        Assert.Equal(3, provider.Requests);
        var page = await bench.PageAsync(record);
        Assert.Contains("Before the answer came", page, StringComparison.Ordinal);
        Assert.Contains("2 setbacks", page, StringComparison.Ordinal);
        Assert.Contains("main: The connection failed", page, StringComparison.Ordinal);
        await bench.AssertNoKeyAnywhereAsync(page);
    }

    [Fact]
    public async Task Run_FirstProviderDown_RecordAndPageNameTheSecondAndItsPrice()
    {
        using var first = new PlayedProvider(OpenAiPath, new Played(500, Echoed));
        using var second = new PlayedProvider(
            "/v1/messages",
            new Played(529, Echoed, RetryAfter: "0"),
            Played.SaysAsAnthropic(Sound)
        );
        await using var bench = await PipelineBench.OpenAsync(
            Provider(first.Address),
            Provider(second.Address) with
            {
                Name = "second",
                Kind = new AnthropicKind(),
                Endpoint = second.Address,
                PricePerMillionInput = 2,
                PricePerMillionOutput = 10,
            }
        );

        var record = await bench.RunAsync();
        var page = await bench.PageAsync(record);

        Assert.Equal(
            ("second", "claude-test", 500L, 100L),
            (record.Provider, record.Model, record.InputTokens, record.OutputTokens)
        );
        Assert.Equal(0.002, record.CostUsd!.Value, 9);
        Assert.EndsWith("/second/claude-test", record.Segment, StringComparison.Ordinal);
        Assert.Contains("second, claude-test", page, StringComparison.Ordinal);
        Assert.Contains(
            "main: HTTP 500, a fault of the provider: Request of key [removed] refused",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(ProviderEventKind.FailedOver, Assert.Single(bench.Chain.Events.Seen).Kind);
        await bench.AssertNoKeyAnywhereAsync(page, JsonSerializer.Serialize(record));
    }

    [Fact]
    public async Task Run_AnswerRepeatsTheKey_ItIsOnNeitherRecordNorPage()
    {
        var leaky = Sound.Replace(
            "\"reasoning\":\"",
            $"\"reasoning\":\"Asked with {ChainBench.Key}. ",
            StringComparison.Ordinal
        );
        using var provider = new PlayedProvider(OpenAiPath, Played.Says(leaky, ChainBench.Key));
        await using var bench = await PipelineBench.OpenAsync(Provider(provider.Address));

        var record = await bench.RunAsync();
        var page = await bench.PageAsync(record);

        Assert.Contains("[removed]", page, StringComparison.Ordinal);
        await bench.AssertNoKeyAnywhereAsync(page, JsonSerializer.Serialize(record));
    }

    [Fact]
    public async Task Run_EveryProviderRefusesTheKey_WaitsUntilTheProcessStopsAndSaysWhy()
    {
        using var provider = new PlayedProvider(OpenAiPath, new Played(401, Echoed));
        await using var bench = await PipelineBench.OpenAsync(Provider(provider.Address));
        using var stopping = new CancellationTokenSource();
        var running = bench.RunAsync(await bench.ClaimAsync(GenerationMode.Json), stopping.Token);
        while (bench.Rollout.Waited.Count < 3)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, bench.Rollout.Held);
        Assert.Contains(
            "All LLM providers are down. main: HTTP 401, the key is refused",
            bench.Rollout.Waited[0],
            StringComparison.Ordinal
        );
        await stopping.CancelAsync();
        var record = await running;
        var page = await bench.PageAsync(record);

        Assert.Equal(
            (IterationStatus.Cancelled, null, CancellationReason.Shutdown),
            (record.Status, record.Level, record.Cancellation)
        );
        Assert.Contains("the process was stopped", page, StringComparison.Ordinal);
        Assert.Contains("counts in no rate", page, StringComparison.Ordinal);
        await bench.AssertNoKeyAnywhereAsync([page, JsonSerializer.Serialize(record), .. bench.Rollout.Waited]);
    }

    private static ProviderOptions Provider(string address) => ChainBench.Provider("main", address + "/v1");
}
