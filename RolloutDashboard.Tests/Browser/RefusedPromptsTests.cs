using System.Globalization;
using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Tests.Llm.Providers;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>The real server against a provider that refuses three of ten JSON prompts: the live page's JSON rate is
/// successes over iterations asked.</summary>
public sealed class RefusedPromptsTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Variable = "ROLLOUT_TEST_REFUSING_KEY";
    private const int Last = 36;
    private const string Program = """
        ```csharp
        public sealed class Generated : Strategy
        {
            public override int Count => 8;

            public override void Score(MarketHistory market, Span<double> scores)
            {
                for (var i = 0; i < scores.Length; i++) scores[i] = i * 7 % 11;
            }
        }
        ```
        """;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task LivePage_ThreeOfTenRefused_ShowsSuccessesOverIterationsAsked(int workers, bool fallback)
    {
        Environment.SetEnvironmentVariable(Variable, "key");
        await using var provider = await AnsweringProvider.StartAsync(Answer);
        await using var server = await StartAsync(provider, workers, fallback);
        await server.UntilAsync($"SELECT COUNT(*) FROM Iterations WHERE Number <= {Last} AND Status <> 0", Last);

        var asked = provider
            .Heard.Where(question => question is { IsJson: true, Iteration: <= Last })
            .Select(question => question.Iteration)
            .Distinct()
            .Count();
        var succeeded = await server.QueryAsync<long>(
            $"SELECT COUNT(*) FROM Iterations WHERE Number <= {Last} AND AssignedMode = 1 AND EffectiveMode = 1 AND Level = 3"
        );
        var page = await fixture.Browser.SignInAsync(server);
        var arm = page.Locator("section.arm[data-mode=Json]");
        await Assertions
            .Expect(arm)
            .ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"Level 3: {succeeded} "));
        await Assertions.Expect(arm).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"of {asked}"));
        await Assertions
            .Expect(arm.Locator(".arm-rate strong"))
            .ToHaveTextAsync(FigureFormatter.Percent((double)succeeded / asked, 1));
        Assert.True(
            provider.Heard.Count(question => question is { IsJson: true, Iteration: <= Last } && IsRefused(question))
                > 10,
            "Too few were refused."
        );
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM Alerts WHERE Rule LIKE 'provider%'"));
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 3"));
        Assert.Equal(0, await server.StopAsync());
    }

    private static Task<DashboardProcess> StartAsync(AnsweringProvider provider, int workers, bool fallback) =>
        DashboardProcess.StartAsync(
            null,
            string.Create(CultureInfo.InvariantCulture, $"--Loop:Workers={workers}"),
            "--Market:Stocks=30",
            "--Market:Years=4",
            $"--Stages:Configuration:3.1:fallback_to_full_code={(fallback ? "true" : "false")}",
            "--Llm:Providers:0:Name=main",
            $"--Llm:Providers:0:Endpoint={provider.Endpoint}",
            "--Llm:Providers:0:Model=gpt-test",
            $"--Llm:Providers:0:ApiKeyEnvironmentVariable={Variable}"
        );

    // What comes after the last one is kept waiting, so that the page stands still.
    private static Played Answer(HeardQuestion question) =>
        question.Iteration > Last ? Played.Says("") with { Delay = TimeSpan.FromMinutes(5) }
        : question.IsPlain ? AnsweringProvider.Sound(question)
        : !question.IsJson ? Played.Says(Program)
        : IsRefused(question)
            ? AnsweringProvider.Message(
                new
                {
                    role = "assistant",
                    content = (string?)null,
                    refusal = "I can't help with that.",
                }
            )
        : AnsweringProvider.Sound(question);

    private static bool IsRefused(HeardQuestion question) => question.Iteration % 10 < 3;
}
