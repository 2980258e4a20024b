using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Tests.Llm;

namespace RolloutDashboard.Tests.Strategies.FullCode;

public sealed class FullCodeGeneratorTests(StrategyHostFixture fixture)
{
    private const string Answer = "```csharp\npublic sealed class A : Strategy { }\n```";
    private static readonly PositionPlan Plan = new([new Rebalance(3, [1, 2])], null, null);
    private readonly MarketPanel _market = Requests.Market();

    [Fact]
    public async Task Generate_SoundProgram_BringsCodeFingerprintAndPlan()
    {
        var outcome = await Generate(new ScriptedModel(Answer), new ScriptedHost(), Requests.FullCode());

        Assert.Null(outcome.Failure);
        Assert.Same(Plan, outcome.Plan);
        Assert.Equal("public sealed class A : Strategy { }", outcome.Code);
        Assert.Equal("print", outcome.Fingerprint);
        Assert.Equal(["compile", "llm", "run"], outcome.Timings.Keys.Order());
    }

    [Fact]
    public async Task Generate_RefusedThenSound_TellsTheDiagnostics()
    {
        var model = new ScriptedModel(Answer);
        var host = new ScriptedHost { Refusals = 1 };

        var outcome = await Generate(model, host, Requests.FullCode());

        Assert.Null(outcome.Failure);
        Assert.Equal(["line 4, column 9: CS0103 no such name"], outcome.Attempts[0].Errors);
        Assert.Equal(
            "line 4, column 9: CS0103 no such name",
            PromptSections.Read(model.Prompts[1], PromptSections.Errors)
        );
        Assert.Contains(
            "class A",
            PromptSections.Read(model.Prompts[1], PromptSections.RefusedAnswer),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Generate_RefusedThreeTimes_FailsWithTheHostsKind()
    {
        var outcome = await Generate(new ScriptedModel(Answer), new ScriptedHost { Refusals = 9 }, Requests.FullCode());

        Assert.Equal(GenerationFailureKinds.Compile, outcome.Failure!.Kind);
        Assert.Equal(3, outcome.Attempts.Count);
        Assert.NotNull(outcome.Code);
        Assert.False(outcome.Timings.ContainsKey("run"));
    }

    [Fact]
    public async Task Generate_NoCode_FailsAsNoCode() =>
        Assert.Equal(
            GenerationFailureKinds.NoCode,
            (await Generate(new ScriptedModel("Sorry."), new ScriptedHost(), Requests.FullCode())).Failure!.Kind
        );

    [Fact]
    public async Task Generate_RunFails_IsNotAskedAgain()
    {
        var host = new ScriptedHost
        {
            RunFailure = new GenerationFailure(
                GenerationFailureKinds.Runtime,
                "divided by zero",
                "DivideByZeroException"
            ),
        };

        var outcome = await Generate(new ScriptedModel(Answer), host, Requests.FullCode());

        Assert.Equal(GenerationFailureKinds.Runtime, outcome.Failure!.Kind);
        Assert.Single(outcome.Attempts);
        Assert.Equal("print", outcome.Fingerprint);
    }

    [Fact]
    public async Task Generate_Prompt_ShowsApiDataChampionCodeAndFeedback()
    {
        var model = new ScriptedModel(Answer);
        var champion = new ChampionBrief(null, null, "class Best { List<double> x; }", 0.9, 0.3, -0.1);
        var feedback = new FeedbackEntry(
            6,
            null,
            null,
            Core.Vocabulary.SuccessLevel.Failed,
            null,
            null,
            null,
            "CS0103 no such name"
        );

        await Generate(model, new ScriptedHost(), Requests.FullCode(7, champion, feedback));

        Assert.Contains(
            "abstract void Score(MarketHistory market, Span<double> scores);",
            PromptSections.Read(model.Prompts[0], PromptSections.StrategyApi),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Close\nAdjustedClose\nVolume",
            PromptSections.Read(model.Prompts[0], PromptSections.AvailableData)
        );
        Assert.Equal(champion.Code, PromptSections.Read(model.Prompts[0], PromptSections.ChampionCode));
        Assert.Contains(
            "CS0103",
            PromptSections.Read(model.Prompts[0], PromptSections.Feedback),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Generate_BudgetExhausted_IsForTheLoop() =>
        await Assert.ThrowsAsync<BudgetExhaustedException>(() =>
            Generate(
                new ScriptedModel(new BudgetExhaustedException("spent", DateTimeOffset.UnixEpoch)),
                new ScriptedHost(),
                Requests.FullCode()
            )
        );

    [Fact]
    public async Task Generate_OfflineGeneratorAndRealHost_MakesPositions()
    {
        var plans = 0;
        var failures = new List<string>();
        for (var iteration = 0; iteration < 12; iteration++)
        {
            var outcome = await Generate(new OfflineGenerator("1"), fixture.Host, Requests.FullCode(iteration));
            plans += outcome.Plan is null ? 0 : 1;
            failures.AddRange(outcome.Failure is { } failure ? [failure.Kind] : []);
        }

        Assert.True(plans > 0, string.Join(", ", failures));
        Assert.DoesNotContain(failures, kind => kind is not GenerationFailureKinds.NoPositions);
    }

    private Task<GenerationOutcome> Generate(IChatClient model, IStrategyHost host, GenerationRequest request) =>
        new FullCodeGenerator(model, host, StrategyApiDescription.Text, TimeProvider.System).GenerateAsync(
            request,
            _market,
            TestContext.Current.CancellationToken
        );

    private sealed class ScriptedHost : IStrategyHost
    {
        public int Refusals { get; set; }

        public GenerationFailure? RunFailure { get; init; }

        public SandboxStatus Status => new(true, "scripted", "");

        public Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken) =>
            Task.FromResult(
                Refusals-- > 0
                    ? new CompileOutcome(
                        null,
                        new GenerationFailure(GenerationFailureKinds.Compile, "no such name", "CS0103"),
                        [new SourceDiagnostic("CS0103", "no such name", 4, 9)],
                        null,
                        TimeSpan.Zero
                    )
                    : new CompileOutcome(new CompiledStrategy([], "A", []), null, [], "print", TimeSpan.Zero)
            );

        public Task<RunOutcome> RunAsync(
            CompiledStrategy strategy,
            MarketPanel market,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                RunFailure is null
                    ? new RunOutcome(Plan, null, TimeSpan.Zero)
                    : new RunOutcome(null, RunFailure, TimeSpan.Zero)
            );
    }
}
