using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Providers.Status;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class ProviderChainTests
{
    [Fact]
    public async Task Ask_OrdinaryAnswer_CarriesProviderModelTokensAndCost()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says("hello"));
        using var bench = new ChainBench(
            ChainBench.Provider("main", server) with
            {
                PricePerMillionInput = 2,
                PricePerMillionOutput = 10,
            }
        );

        var answer = await bench.AskAsync();

        Assert.Equal(
            ("hello", "main", "gpt-test", 1000L, 200L),
            (answer.Text, answer.Provider, answer.Model, answer.InputTokens, answer.OutputTokens)
        );
        Assert.Equal(0.004, answer.CostUsd!.Value, 9);
        Assert.Equal("stop", answer.FinishReason);
        Assert.Contains("Bearer " + ChainBench.Key, Assert.Single(server.Seen).Authorization, StringComparison.Ordinal);
        Assert.Equal((ProviderHealth.Working, true), (bench.Chain.Status[0].Health, bench.Chain.Status[0].IsActive));
        Assert.Empty(bench.Events.Seen);
        bench.AssertNoKeyAnywhere();
    }

    [Fact]
    public async Task Ask_UnknownPrice_CostIsUnknownNotZero()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says("hello"));
        using var bench = new ChainBench(ChainBench.Provider("main", server));

        Assert.Null((await bench.AskAsync()).CostUsd);
    }

    [Fact]
    public async Task Ask_Anthropic_CarriesTokensAndKeyHeader()
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(529, "{}", "0"),
            FakeProviderServer.SaysAsAnthropic("hi")
        );
        using var bench = new ChainBench(
            ChainBench.Provider("claude", server) with
            {
                Kind = new AnthropicKind(),
                Endpoint = server.Address,
            }
        );

        var answer = await bench.AskAsync(new ChatOptions { Temperature = 0.7f, ResponseFormat = EmptySchema() });

        // The interface's version since 2026-10-21 refuses every temperature.
        Assert.DoesNotContain("temperature", server.Seen.First().Body, StringComparison.Ordinal);
        Assert.Contains("json_schema", server.Seen.First().Body, StringComparison.Ordinal);
        Assert.Equal(
            ("hi", "claude", 500L, 100L),
            (answer.Text, answer.Provider, answer.InputTokens, answer.OutputTokens)
        );
        Assert.Equal(2, server.Requests);
        Assert.All(server.Seen, seen =>
            Assert.StartsWith($"|{ChainBench.Key}|20", seen.Authorization, StringComparison.Ordinal)
        );
        Assert.All(server.Seen, seen => Assert.Equal("/v1/messages", seen.Path));
    }

    [Fact]
    public async Task Ask_TemperatureAndSchema_AreSentUnlessTurnedOff()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says("{}"));
        var schema = ChatResponseFormat.ForJsonSchema(
            System.Text.Json.JsonSerializer.SerializeToElement(new { type = "object" }),
            "s"
        );
        using var bench = new ChainBench(ChainBench.Provider("main", server));
        using var plain = new ChainBench(
            ChainBench.Provider("main", server) with
            {
                StructuredOutput = false,
                SendTemperature = false,
            }
        );

        await bench.AskAsync(new ChatOptions { Temperature = 0.7f, ResponseFormat = schema });
        await plain.AskAsync(new ChatOptions { Temperature = 0.7f, ResponseFormat = schema });

        var bodies = server.Seen.Select(seen => seen.Body).ToArray();
        Assert.Contains("\"temperature\":0.7", bodies[0], StringComparison.Ordinal);
        Assert.Contains("json_schema", bodies[0], StringComparison.Ordinal);
        Assert.DoesNotContain("temperature", bodies[1], StringComparison.Ordinal);
        Assert.DoesNotContain("json_schema", bodies[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Ask_PassingStatus_IsRetried(int status)
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(status, "{}", "0"),
            FakeProviderServer.Says("second")
        );
        using var bench = new ChainBench(ChainBench.Provider("main", server));

        Assert.Equal("second", (await bench.AskAsync()).Text);
        Assert.Equal(2, server.Requests);
        Assert.Equal(server.Seen.First().Body, server.Seen.Last().Body);
    }

    [Fact]
    public async Task Ask_ConnectionReset_IsRetried()
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Reset,
            FakeProviderServer.BreakHalfway,
            FakeProviderServer.Says("third")
        );
        using var bench = new ChainBench(ChainBench.Provider("main", server));

        Assert.Equal("third", (await bench.AskAsync()).Text);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Ask_TimeOut_IsRetriedThenTheNextProviderAnswers()
    {
        await using var slow = await FakeProviderServer.StartAsync(FakeProviderServer.Hang);
        await using var second = await FakeProviderServer.StartAsync(FakeProviderServer.Says("from second"));
        using var bench = new ChainBench(
            ChainBench.Provider("slow", slow) with
            {
                Timeout = TimeSpan.FromSeconds(1),
                Retries = 1,
            },
            ChainBench.Provider("second", second)
        );

        var answer = await bench.AskAsync();

        Assert.Equal(("from second", "second"), (answer.Text, answer.Provider));
        Assert.Equal(2, slow.Requests);
        Assert.Contains("No answer within 1 s", bench.Chain.Status[0].LastError, StringComparison.Ordinal);
        Assert.Equal(ProviderEventKind.FailedOver, Assert.Single(bench.Events.Seen).Kind);
    }

    [Fact]
    public async Task Ask_RetryAfterBeyondTheLimit_GoesToTheNextAtOnce()
    {
        await using var limited = await FakeProviderServer.StartAsync(FakeProviderServer.Raw(429, "{}", "3600"));
        await using var second = await FakeProviderServer.StartAsync(FakeProviderServer.Says("from second"));
        using var bench = new ChainBench(
            ChainBench.Provider("limited", limited),
            ChainBench.Provider("second", second)
        );

        Assert.Equal("second", (await bench.AskAsync()).Provider);
        Assert.Equal(1, limited.Requests);
    }

    [Fact]
    public async Task Ask_KeyRefused_IsNotRetriedAndTheEchoedKeyIsNowhere()
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(
                401,
                $$$"""{"error":{"message":"Incorrect API key provided: {{{ChainBench.Key}}}","code":"invalid_api_key"}}"""
            )
        );
        using var bench = new ChainBench(ChainBench.Provider("main", server));

        var down = await Assert.ThrowsAsync<AllProvidersDownException>(() => bench.AskAsync());

        Assert.Equal(1, server.Requests);
        Assert.Contains("401", down.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ChainBench.Key, down.ToString(), StringComparison.Ordinal);
        Assert.Equal(ProviderEventKind.AllDown, Assert.Single(bench.Events.Seen).Kind);
        bench.AssertNoKeyAnywhere();
    }

    [Fact]
    public async Task Ask_EmptyChoicesAndUnreadableBodies_AreTheIterationsFailure()
    {
        foreach (var step in new[] { FakeProviderServer.NoChoices, FakeProviderServer.Says(" ") })
        {
            await using var server = await FakeProviderServer.StartAsync(step);
            using var bench = new ChainBench(ChainBench.Provider("main", server));

            var answer = await bench.AskAsync();

            Assert.Null(answer.Text);
            Assert.StartsWith("main: ", answer.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ask_FailedTooOften_LeavesItAloneThenTriesItAgain()
    {
        await using var first = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(500, "{}"),
            FakeProviderServer.Raw(500, "{}"),
            FakeProviderServer.Says("first again")
        );
        await using var second = await FakeProviderServer.StartAsync(FakeProviderServer.Says("second"));
        using var bench = new ChainBench(
            ChainBench.Provider("first", first) with
            {
                Retries = 0,
                BreakAfter = 2,
                BreakFor = TimeSpan.FromMinutes(5),
            },
            ChainBench.Provider("second", second)
        );

        await bench.AskAsync();
        await bench.AskAsync();
        await bench.AskAsync();

        Assert.Equal(2, first.Requests);
        Assert.Equal("second", bench.Chain.ModelInUse.Provider);
        Assert.Equal(ProviderHealth.LeftAlone, bench.Chain.Status[0].Health);
        Assert.True(bench.Chain.Readiness.IsReady);

        bench.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("first again", (await bench.AskAsync()).Text);
        Assert.Equal(
            [ProviderEventKind.FailedOver, ProviderEventKind.CircuitOpened, ProviderEventKind.Recovered],
            bench.Events.Seen.Select(seen => seen.Kind)
        );
        Assert.Equal(ProviderHealth.Working, bench.Chain.Status[0].Health);
    }

    [Fact]
    public async Task Readiness_AllCircuitsOpen_SaysUntilWhen()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Raw(503, "{}"));
        using var bench = new ChainBench(ChainBench.Provider("main", server) with { Retries = 0, BreakAfter = 2 });
        await Assert.ThrowsAsync<AllProvidersDownException>(() => bench.AskAsync());
        await Assert.ThrowsAsync<AllProvidersDownException>(() => bench.AskAsync());

        Assert.False(bench.Chain.Readiness.IsReady);
        Assert.Equal(bench.Time.GetUtcNow().AddMinutes(1), bench.Chain.Readiness.RetryAt);
        await Assert.ThrowsAsync<AllProvidersDownException>(() => bench.AskAsync());
        Assert.Equal(2, server.Requests);

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(bench.Chain.Readiness.IsReady);
    }

    [Fact]
    public async Task Ask_BudgetUsedUp_AsksNobodyAndSaysSoOnce()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says("hello"));
        using var bench = new ChainBench(
            new BudgetOptions { TokensPerHour = 2000 },
            ChainBench.Provider("main", server)
        );
        await bench.AskAsync();
        await bench.AskAsync();

        await Assert.ThrowsAsync<BudgetExhaustedException>(() => bench.AskAsync());
        await Assert.ThrowsAsync<BudgetExhaustedException>(() => bench.AskAsync());

        Assert.Equal(2, server.Requests);
        Assert.Equal(ProviderEventKind.BudgetExhausted, Assert.Single(bench.Events.Seen).Kind);
        Assert.False(bench.Chain.Readiness.IsReady);
        Assert.Contains("budget of the last hour", bench.Chain.BudgetUsedUp, StringComparison.Ordinal);
        bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("hello", (await bench.AskAsync()).Text);
        Assert.Equal(ProviderEventKind.BudgetEased, bench.Events.Seen.Last().Kind);
    }

    [Fact]
    public async Task Readiness_BudgetUsedUp_IsToldThoughNobodyAsks()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Says("hello"));
        using var bench = new ChainBench(
            new BudgetOptions { TokensPerHour = 1000 },
            ChainBench.Provider("main", server)
        );
        await bench.AskAsync();

        Assert.False(bench.Chain.Readiness.IsReady);
        Assert.False(bench.Chain.Readiness.IsReady);

        Assert.Equal(ProviderEventKind.BudgetExhausted, Assert.Single(bench.Events.Seen).Kind);
    }

    [Fact]
    public async Task Ask_Cancelled_ThrowsAndBlamesNobody()
    {
        await using var server = await FakeProviderServer.StartAsync(FakeProviderServer.Hang);
        using var bench = new ChainBench(ChainBench.Provider("main", server));
        using var cancelled = new CancellationTokenSource();
        var asking = bench.AskAsync(null, cancelled.Token);
        while (server.Requests == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, bench.Chain.Status[0].FailuresInARow);
    }

    [Fact]
    public async Task Chain_WithoutAnyKey_IsTheOfflineGeneratorAlone()
    {
        using var bench = new ChainBench(
            _ => null,
            new BudgetOptions(),
            ChainBench.Provider("main", "http://127.0.0.1:9/v1")
        );

        var answer = await bench.AskAsync();

        Assert.True(bench.Chain.IsOffline);
        Assert.Equal(("offline generator", "offline-1", 0.0), (answer.Provider, answer.Model, answer.CostUsd));
        Assert.Equal(ProviderHealth.NotConfigured, bench.Chain.Status[0].Health);
        Assert.Contains(ChainBench.Variable, bench.Chain.Status[0].LastError, StringComparison.Ordinal);
        Assert.Contains(bench.Log.Lines, line => line.Contains("left out", StringComparison.Ordinal));
    }

    private static ChatResponseFormatJson EmptySchema() =>
        ChatResponseFormat.ForJsonSchema(
            System.Text.Json.JsonSerializer.SerializeToElement(
                new
                {
                    type = "object",
                    properties = new { },
                    additionalProperties = false,
                }
            ),
            "s"
        );

    [Fact]
    public void Chain_InvalidOptions_NamesTheKeys() =>
        Assert.Contains(
            "Llm:Providers:0:Model",
            Assert
                .Throws<ArgumentException>(() =>
                    new ChainBench(ChainBench.Provider("main", "http://127.0.0.1:9/v1") with { Model = "" })
                )
                .Message,
            StringComparison.Ordinal
        );
}
