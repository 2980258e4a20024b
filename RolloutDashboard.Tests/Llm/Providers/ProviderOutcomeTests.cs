using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Tests.Strategies;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>What becomes of an iteration whose provider answers oddly: the outcome that goes on its record.</summary>
public sealed class ProviderOutcomeTests
{
    private static readonly string Sound =
        $$"""{"reasoning":"{{new string('r', 80)}}","template":"PriceMomentum","params":{{Requests.PriceMomentum.Schema.Defaults().ToCanonicalJson()}}}""";

    public static TheoryData<string, string, string?, string> Answers =>
        new()
        {
            { "sound", Sound, null, "" },
            { "fenced", $"```json\n{Sound}\n```", null, "" },
            { "prose", $"Here you are:\n{Sound}\nAll the best!", null, "" },
            { "truncated", Sound[..^20], GenerationFailureKinds.NoJson, "no-json: truncated" },
            {
                "wrong types",
                Sound.Replace("\"n_stocks\":10", "\"n_stocks\":\"ten\"", StringComparison.Ordinal),
                GenerationFailureKinds.Invalid,
                "invalid-parameters: params.n_stocks"
            },
            {
                "off the grid",
                Sound.Replace("\"n_stocks\":10", "\"n_stocks\":11", StringComparison.Ordinal),
                GenerationFailureKinds.Invalid,
                "invalid-parameters: params.n_stocks"
            },
            { "empty", "", GenerationFailureKinds.Provider, "provider" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Generate_ProvidersAnswer_BecomesAPlanOrAClassifiedFailure(
        string name,
        string answer,
        string? kind,
        string signature
    )
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says(answer));
        using var bench = new ChainBench(ChainBench.Provider("main", server) with { BreakAfter = 10 });

        var outcome = await GenerateAsync(bench);

        Assert.Equal(kind, outcome.Failure?.Kind);
        Assert.Equal(signature, outcome.Failure?.Signature ?? "");
        Assert.Equal(kind is null ? 1 : 3, outcome.Attempts.Count);
        Assert.True(outcome.Plan is not null == kind is null, name);
        Assert.DoesNotContain(
            ChainBench.Key,
            System.Text.Json.JsonSerializer.Serialize(outcome),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Generate_FirstProviderFails_RecordNamesTheSecond()
    {
        await using var first = await FakeProviderServer.StartAsync(FakeProviderServer.Raw(500, "{}"));
        await using var second = await FakeProviderServer.StartAsync(FakeProviderServer.Says(Sound, "other-model"));
        using var bench = new ChainBench(ChainBench.Provider("first", first), ChainBench.Provider("second", second));

        var attempt = Assert.Single((await GenerateAsync(bench)).Attempts);

        Assert.Equal(
            ("second", "other-model", 1000L, 200L),
            (attempt.Provider, attempt.Model, attempt.InputTokens, attempt.OutputTokens)
        );
        Assert.Equal(3, first.Requests);
    }

    private static Task<GenerationOutcome> GenerateAsync(ChainBench bench) =>
        new JsonGenerator(bench.Chain, new IndicatorCache(), TimeProvider.System).GenerateAsync(
            Requests.Json(),
            Requests.Market(),
            TestContext.Current.CancellationToken
        );
}
