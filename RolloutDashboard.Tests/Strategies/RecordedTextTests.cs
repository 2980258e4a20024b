using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Llm;
using RolloutDashboard.Tests.Strategies.FullCode;
using RolloutDashboard.Tests.StrategyHost;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Strategies;

/// <summary>What others write is cut where it enters a record, whoever wrote it and however much it is.</summary>
public sealed class RecordedTextTests(StrategyHostFixture fixture)
{
    private static readonly string s_flood = new('x', 5_000_000);

    [Fact]
    public void Attempt_Floods_AreCut()
    {
        var answer = new ModelAnswer(s_flood, s_flood, s_flood, 1, 1, null, TimeSpan.Zero, s_flood, null)
        {
            Setbacks = [.. Enumerable.Repeat(s_flood, 50)],
        };

        var attempt = Attempt.Of(1, "system", s_flood, answer, [.. Enumerable.Repeat(s_flood, 300)]);

        Assert.InRange(JsonSerializer.Serialize(attempt).Length, 0, 160_000);
        Assert.Equal(RecordedText.MostErrors, attempt.Errors.Count);
        Assert.Equal("... and 281 more.", attempt.Errors[^1]);
        Assert.Equal(RecordedText.MostSetbacks, attempt.Setbacks.Count);
        Assert.EndsWith("[cut, 5000000 characters]", attempt.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_BetweenTheHalvesOfACharacter_KeepsNeither() =>
        Assert.Equal("a ... [cut, 3 characters]", RecordedText.Cut("a\U0001F600", 2));

    [Fact]
    public async Task Record_FailureOfAnyLength_IsCut()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        var outcome = Outcomes.Of(claim, null, SuccessLevel.Failed);
        outcome = outcome with
        {
            Failure = new GenerationFailure(GenerationFailureKinds.Compile, s_flood, s_flood),
            Generation = outcome.Generation with { Code = s_flood },
        };

        await rollout.Record.FinishAsync(claim, outcome, TestRollout.Token);

        var row = await rollout.RowAsync(claim);
        Assert.InRange(row.FailureMessage!.Length, RecordedText.LongestMessage, RecordedText.LongestMessage + 40);
        Assert.Equal(RecordedText.LongestSignature, row.FailureSignature!.Length);
        Assert.InRange(row.Detail!.Code!.Length, RecordedText.LongestCode, RecordedText.LongestCode + 40);
    }

    public static TheoryData<string, string> Floods =>
        new()
        {
            { "many errors", string.Concat(Enumerable.Range(0, 1500).Select(i => $"int a{i} = b;\n")) },
            {
                "long names",
                string.Concat(Enumerable.Range(0, 30).Select(i => $"int a{i} =\n{new string('n', 900)};\n"))
            },
            {
                "long types",
                "var t0 = (1, 1, 1, 1, 1, 1, 1);\nvar t1 = (t0, t0, t0, t0, t0, t0, t0);\n"
                    + string.Concat(Enumerable.Range(0, 200).Select(i => $"int a{i} = t1;\n"))
            },
            { "long text of an exception", $"throw new InvalidOperationException(\n\"{new string('m', 900)}\");" },
            { "no program at all", new string('?', 30_000) },
        };

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task Generate_FloodOfDiagnostics_LeavesASmallRecordAndPage(string name, string body)
    {
        await using var rollout = await TestRollout.OpenAsync();
        using var model = new ScriptedModel($"```csharp\n{HostilePrograms.Program(null, body)}\n```");
        var generator = new FullCodeGenerator(model, fixture.Host, StrategyApiDescription.Text, TimeProvider.System);
        var claim = await rollout.ClaimAsync();

        var generated = await generator.GenerateAsync(Requests.FullCode(), fixture.Market, TestRollout.Token);
        await rollout.Record.FinishAsync(
            claim,
            Outcomes.Of(claim, null, SuccessLevel.Failed) with
            {
                Generation = generated,
                Attempts = generated.Attempts,
                Failure = generated.Failure,
            },
            TestRollout.Token
        );

        var row = await rollout.RowAsync(claim);
        Assert.NotNull(row.FailureMessage);
        Assert.All(generated.Attempts, attempt =>
            Assert.InRange(
                attempt.Errors.Sum(error => error.Length),
                0,
                RecordedText.MostErrors * (RecordedText.LongestError + 40)
            )
        );
        Assert.All(model.Prompts, prompt => Assert.InRange(prompt.Length, 1, RecordedText.LongestPrompt));
        Assert.InRange(row.Detail!.AttemptsJson!.Length, 1, 400_000);
        Assert.InRange((await PageAsync(rollout, row.Number)).Length, 1, 700_000);
        Assert.NotEmpty(name);
    }

    private static async Task<string> PageAsync(TestRollout rollout, long number)
    {
        await using var page = new PageContext();
        using var market = new CurrentMarket(new NoMarket());
        page.Services.AddSingleton<IIterationQueries>(
            new IterationQueries(rollout.Databases, market, new BacktestSettings())
        );
        var rendered = page.Render<IterationPage>(parameters => parameters.Add(one => one.Number, number));
        rendered.WaitForElement(".page-marks");
        return rendered.Markup;
    }

    private sealed class NoMarket : IMarketSource
    {
        public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
