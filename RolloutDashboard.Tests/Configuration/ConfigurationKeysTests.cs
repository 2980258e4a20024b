using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Evidence;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Configuration;

/// <summary>Each of the ten configuration keys does what its name says: what happens with one value does not happen
/// with the other.</summary>
public sealed class ConfigurationKeysTests
{
    private static readonly StageConfiguration Shared = StageConfiguration.For(Stage.Hybrid);
    private static readonly StageConfiguration BySource = StageConfiguration.For(Stage.TemplateLibraryOnly);
    private static readonly StageConfiguration Neither = new() { JsonModeProbability = null, TemplateMode = false };

    private static readonly Dictionary<
        string,
        (StageConfiguration From, string[] Values, Func<RolloutTrial, Task<string>> Effect, string[] Expected)
    > Keys = new(StringComparer.Ordinal)
    {
        ["json_mode_enabled"] = (Shared, ["true", "false"], AssignedAsync, ["10 JSON of 20", "0 JSON of 20"]),
        ["use_json_mode"] = (Shared, ["true", "false"], AssignedAsync, ["10 JSON of 20", "0 JSON of 20"]),
        ["json_mode_probability"] = (
            Shared,
            ["0.5", "1", "0"],
            AssignedAsync,
            ["10 JSON of 20", "20 JSON of 20", "0 JSON of 20"]
        ),
        ["template_mode"] = (
            BySource,
            ["true", "false"],
            BySourceAsync,
            ["JSON exactly for template requests", "no JSON"]
        ),
        ["json_mode_default"] = (Neither, ["Json", "FullCode"], AssignedAsync, ["20 JSON of 20", "0 JSON of 20"]),
        ["fallback_to_full_code"] = (
            Shared with
            {
                JsonModeProbability = 1,
            },
            ["true", "false"],
            trial => EffectiveAsync(trial, fails: GenerationMode.Json),
            ["Json became FullCode", "Json stayed Json"]
        ),
        ["prefer_json_mode"] = (
            Shared with
            {
                JsonModeProbability = 0,
            },
            ["true", "false"],
            trial => EffectiveAsync(trial, fails: GenerationMode.FullCode),
            ["FullCode became Json", "FullCode stayed FullCode"]
        ),
        ["track_mode_performance"] = (Shared, ["true", "false"], ReportAsync, ["a report", "no report, 200 records"]),
        ["innovation_rate"] = (Shared, ["100", "0"], MutationsAsync, ["no mutation", "all mutations"]),
        ["template_cache_enabled"] = (
            Shared with
            {
                JsonModeProbability = 1,
            },
            ["true", "false"],
            CacheAsync,
            ["cache asked for", "cache left out"]
        ),
    };

    public static TheoryData<string> Names => [.. Keys.Keys];

    [Fact]
    public void Keys_AreAllThatAConfigurationHas() =>
        Assert.Equal(
            ConfigurationDiff.Values(new StageConfiguration()).Select(flag => flag.Name).Order(StringComparer.Ordinal),
            Keys.Keys.Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Key_EachValue_HasItsEffect(string name)
    {
        var (from, values, effect, expected) = Keys[name];
        for (var i = 0; i < values.Length; i++)
        {
            using var trial = await RolloutTrial.InStageAsync(Stage.Hybrid, from.With(name, values[i]).Changed);

            Assert.Equal(expected[i], await effect(trial));
        }
    }

    private static async Task<string> AssignedAsync(RolloutTrial trial)
    {
        var json = 0;
        var taken = 0;

        // Blocks are balanced within each source.
        while (taken < 20)
        {
            var claim = await ClaimAsync(trial);
            if (claim.Source == RequestSource.TemplateLibrary)
            {
                taken++;
                json += claim.AssignedMode == GenerationMode.Json ? 1 : 0;
            }
        }

        return $"{json} JSON of 20";
    }

    private static async Task<string> BySourceAsync(RolloutTrial trial)
    {
        var claims = new List<ClaimedIteration>();
        for (var i = 0; i < 30; i++)
        {
            claims.Add(await ClaimAsync(trial));
        }

        return claims.TrueForAll(claim =>
                (claim.AssignedMode == GenerationMode.Json) == (claim.Source == RequestSource.TemplateLibrary)
            )
                ? "JSON exactly for template requests"
            : claims.TrueForAll(claim => claim.AssignedMode == GenerationMode.FullCode) ? "no JSON"
            : "something else";
    }

    private static async Task<string> EffectiveAsync(RolloutTrial trial, GenerationMode fails)
    {
        var row = await RunAsync(
            trial,
            new Generator(GenerationMode.Json, fails == GenerationMode.Json),
            new Generator(GenerationMode.FullCode, fails == GenerationMode.FullCode)
        );
        return $"{row.AssignedMode} {(row.EffectiveMode == row.AssignedMode ? "stayed" : "became")} {row.EffectiveMode}";
    }

    private static async Task<string> ReportAsync(RolloutTrial trial)
    {
        await trial.AddIterationsAsync(GenerationMode.Json, 100, _ => SuccessLevel.Profitable);
        await trial.AddIterationsAsync(GenerationMode.FullCode, 100, i =>
            i < 25 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        await new GenerateComparison(
            trial,
            new CompareSelections(trial, new ReadSelection(new NoImports())),
            trial.Time
        ).WhenDueAsync(RolloutTrial.Token);
        await using var db = trial.CreateDbContext();
        return await db.ComparisonReports.AnyAsync(RolloutTrial.Token)
            ? "a report"
            : $"no report, {await db.Iterations.CountAsync(RolloutTrial.Token)} records";
    }

    private static async Task<string> MutationsAsync(RolloutTrial trial)
    {
        await trial.PlaceAsync(
            (db, rollout) =>
                db.Champions.Add(
                    new Champion
                    {
                        RolloutId = rollout.Id,
                        IterationNumber = 1,
                        Scope = ChampionScope.Overall,
                        Mode = GenerationMode.Json,
                        ParametersJson = "{}",
                        SharpeRatio = 1,
                        CrownedAt = trial.Time.GetUtcNow(),
                    }
                )
        );
        var kinds = new HashSet<IterationKind>();
        for (var i = 0; i < 10; i++)
        {
            kinds.Add((await ClaimAsync(trial)).Kind);
        }

        return kinds.SetEquals([IterationKind.Generated]) ? "no mutation"
            : kinds.SetEquals([IterationKind.Mutation]) ? "all mutations"
            : "some mutations";
    }

    private static async Task<string> CacheAsync(RolloutTrial trial)
    {
        var generator = new Generator(GenerationMode.Json, fails: false);
        await RunAsync(trial, generator, new Generator(GenerationMode.FullCode, fails: false));
        return generator.Asked!.UsesIndicatorCache ? "cache asked for" : "cache left out";
    }

    private static async Task<ClaimedIteration> ClaimAsync(RolloutTrial trial) =>
        await trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token)
        ?? throw new InvalidOperationException("The loop gave no iteration.");

    private static async Task<IterationRecord> RunAsync(RolloutTrial trial, params IStrategyGenerator[] generators)
    {
        var record = new RecordWhenPossible(
            new RecordIteration(trial, new CrownChampion(), trial.Switch, trial, trial.Time),
            new NoWait(),
            TestEngine.Trouble,
            trial.Time
        );
        using var market = new CurrentMarket(new SmallMarket());
        var pipeline = new IterationPipeline(
            new GenerateStrategy(
                generators,
                new MutationGenerator(new IndicatorCache(), trial.Time),
                new ReadArmMemory(trial),
                new IterationWait(new NoWait(), TestEngine.Trouble, trial.Time)
            ),
            record,
            market,
            trial.Switch,
            trial.Running,
            new BacktestSettings(),
            trial.Time,
            NullLogger<IterationPipeline>.Instance
        );
        var claim = await ClaimAsync(trial);
        await pipeline.RunAsync(claim, RolloutTrial.Token);
        await using var db = trial.CreateDbContext();
        return await db.Iterations.SingleAsync(row => row.Id == claim.Id, RolloutTrial.Token);
    }

    private sealed class NoWait : ILoopWait
    {
        public void Waits(string reason, DateTimeOffset? until = null) => throw new InvalidOperationException(reason);

        public IDisposable Hold(LoopWaitKind kind, string reason) => throw new InvalidOperationException(reason);
    }

    private sealed class SmallMarket : IMarketSource
    {
        public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new LoadedMarket(Requests.Market(), new MarketDataReport("waves", [], 0)));
    }

    private sealed class Generator(GenerationMode mode, bool fails) : IStrategyGenerator
    {
        public GenerationMode Mode => mode;

        public GenerationRequest? Asked { get; private set; }

        public Task<GenerationOutcome> GenerateAsync(
            GenerationRequest request,
            MarketPanel market,
            CancellationToken cancellationToken
        )
        {
            Asked = request;
            return Task.FromResult(
                new GenerationOutcome
                {
                    PromptVersion = "test",
                    Attempts = [],
                    Failure = fails
                        ? new GenerationFailure(GenerationFailureKinds.Compile, "as scripted", "compile: scripted")
                        : null,
                }
            );
        }
    }
}
