using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Tests.Llm.Providers;

namespace RolloutDashboard.Tests.Llm.Budget;

public sealed class TokenUseTests
{
    private static readonly ChatMessage[] Asked =
    [
        new(ChatRole.System, new string('s', 400)),
        new(ChatRole.User, new string('u', 802)),
    ];

    private static readonly ChatResponse Answer = new(new ChatMessage(ChatRole.Assistant, new string('a', 120)));

    /// <summary>Four bytes a token: 100 + 201 in, 30 out.</summary>
    [Theory]
    [InlineData(1000L, 200L, 1000, 200, false)]
    [InlineData(null, null, 301, 30, true)]
    [InlineData(0L, 0L, 301, 30, true)]
    [InlineData(-1L, -1L, 301, 30, true)]
    [InlineData(1000L, 0L, 1000, 30, true)]
    [InlineData(null, 200L, 301, 200, true)]
    public void Of_UsageMissingOrZero_IsEstimatedFromLength(
        long? input,
        long? output,
        long expectedInput,
        long expectedOutput,
        bool isEstimated
    ) =>
        Assert.Equal(
            new TokenUse(expectedInput, expectedOutput, isEstimated),
            TokenUse.Of(new UsageDetails { InputTokenCount = input, OutputTokenCount = output }, Asked, Answer)
        );

    [Fact]
    public void Of_ZeroForNoText_IsNoEstimate() =>
        Assert.Equal(
            new TokenUse(0, 0, false),
            TokenUse.Of(null, [], new ChatResponse(new ChatMessage(ChatRole.Assistant, "")))
        );

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abcd", 1)]
    [InlineData("日本語の文", 4)]
    public void Estimate_Text_IsFourBytesAToken(string text, long tokens) =>
        Assert.Equal(tokens, TokenUse.Estimate(text));

    [Theory]
    [InlineData("null")]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""")]
    public async Task Ask_UsageMissingOrZero_StillUsesUpTheTokenBudget(string usage)
    {
        await using var server = await FakeProviderServer.StartAsync(Says(new string('a', 4_000), usage));
        using var bench = new ChainBench(
            new BudgetOptions { TokensPerHour = 2_000 },
            ChainBench.Provider("main", server)
        );

        var answer = await bench.AskAsync();
        await bench.AskAsync();

        Assert.Equal((true, 1_000L), (answer.TokensAreEstimated, answer.OutputTokens));
        var exhausted = await Assert.ThrowsAsync<BudgetExhaustedException>(() => bench.AskAsync());
        Assert.Contains(
            "tokens are estimated from the length of the texts, since the provider did not count them",
            exhausted.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Ask_UsageMissing_StillUsesUpTheDollarBudget()
    {
        await using var server = await FakeProviderServer.StartAsync(Says(new string('a', 4_000), "null"));
        using var bench = new ChainBench(
            new BudgetOptions { UsdPerDay = 0.0015 },
            ChainBench.Provider("main", server) with
            {
                PricePerMillionInput = 0,
                PricePerMillionOutput = 1,
            }
        );

        Assert.Equal(0.001, (await bench.AskAsync()).CostUsd!.Value, 9);
        await bench.AskAsync();

        await Assert.ThrowsAsync<BudgetExhaustedException>(() => bench.AskAsync());
    }

    [Fact]
    public async Task Ask_Refused_IsPaidForAllTheSame()
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(200, AnswerForms.Refusal("I can't advise on securities."))
        );
        using var bench = new ChainBench(
            new BudgetOptions { TokensPerHour = 1_200 },
            ChainBench.Provider("main", server)
        );

        var answer = await bench.AskAsync();

        Assert.Equal(
            (1_000L, 200L, "I can't advise on securities."),
            (answer.InputTokens, answer.OutputTokens, answer.Refusal?.Text)
        );
        await Assert.ThrowsAsync<BudgetExhaustedException>(() => bench.AskAsync());
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Says(string text, string usage) =>
        FakeProviderServer.Raw(200, AnswerForms.Completion($"\"{text}\"", usage));
}
