using System.Diagnostics;
using System.Globalization;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>A warm JSON iteration without the model, part by part, on the market a first start has.</summary>
internal sealed class IterationParts(
    BenchRollout rollout,
    MarketPanel market,
    IndicatorCache cache,
    BacktestSettings settings
)
{
    private const int Warm = 60;
    private const int Measured = 300;
    private static readonly string[] Names =
    [
        "claim",
        "parse and validate",
        "positions",
        "backtest",
        "classify",
        "record",
    ];

    public static async Task RunAsync(TextWriter output)
    {
        var settings = new BacktestSettings();
        var generated = SyntheticMarketSource.Generate(new SyntheticMarketOptions(), CancellationToken.None);
        var market = generated.FirstDays(settings.VisibleDays(generated.DayCount));
        var cache = new IndicatorCache();
        var watch = Stopwatch.StartNew();
        var plans = new WarmIndicators(cache).Execute(market, CancellationToken.None);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"indicators warmed by {plans} plans in {watch.ElapsedMilliseconds} ms, {cache.Bytes >> 20} MiB"
            )
        );
        await using var rollout = await BenchRollout.OpenAsync();
        var times = Names.Select(_ => new List<double>()).ToArray();
        var parts = new IterationParts(rollout, market, cache, settings);
        for (var i = 0; i < Warm + Measured; i++)
        {
            var marks = await parts.IterateAsync(i);
            for (var part = 0; i >= Warm && part < times.Length; part++)
            {
                times[part].Add(Stopwatch.GetElapsedTime(marks[part], marks[part + 1]).TotalMilliseconds);
            }
        }

        Write(output, times);
    }

    private static string Answer(ITemplate template, TemplateParameters drawn) =>
        $$"""{"reasoning": "{{new string('a', 80)}}", "template": "{{template.Name}}", "params": {{drawn.ToCanonicalJson()}}}""";

    /// <returns>When the first part began, and when each one ended.</returns>
    private async Task<List<long>> IterateAsync(int index)
    {
        var template = TemplateLibrary.All[index % TemplateLibrary.All.Count];
        var answer = Answer(template, GridPoints.Draw(template.Schema, new SeededChoices($"bench/{index}")));
        var marks = new List<long> { Stopwatch.GetTimestamp() };
        var claim = await rollout.ClaimJsonAsync();
        marks.Add(Stopwatch.GetTimestamp());
        var parameters = JsonValidation.Judge(template, answer).Parameters
            ?? throw new InvalidOperationException(answer);
        marks.Add(Stopwatch.GetTimestamp());
        var outcome = Plan(template, parameters);
        marks.Add(Stopwatch.GetTimestamp());
        var visible = outcome.Plan is { } plan ? Backtester.Run(market, plan, settings, 0, market.DayCount) : null;
        marks.Add(Stopwatch.GetTimestamp());
        var level = Classify(visible);
        marks.Add(Stopwatch.GetTimestamp());
        await rollout.RecordAsync(
            claim,
            new IterationOutcome(
                outcome,
                claim.AssignedMode,
                [],
                visible,
                level,
                outcome.Failure,
                null,
                market.DataVersion,
                settings.MetricBasis,
                0,
                0
            )
        );
        marks.Add(Stopwatch.GetTimestamp());
        return marks;
    }

    private GenerationOutcome Plan(ITemplate template, TemplateParameters parameters) =>
        TemplatePlanning.Plan(
            new GenerationOutcome { PromptVersion = JsonPrompt.Version, Attempts = [] },
            template,
            parameters,
            new IndicatorView(market, cache),
            TimeSpan.Zero,
            TimeProvider.System
        );

    private static SuccessLevel Classify(BacktestResult? visible)
    {
        var metrics = visible?.Metrics;
        return Classifier.Classify(
            visible is not null,
            metrics?.SharpeRatio,
            metrics?.TotalReturn,
            metrics?.MaxDrawdown
        );
    }

    private static void Write(TextWriter output, List<double>[] times)
    {
        var whole = times.Sum(part => part.Average());
        for (var part = 0; part < times.Length; part++)
        {
            times[part].Sort();
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Names[part], -20} mean {times[part].Average(), 7:0.000} ms  median {times[part][Measured / 2], 7:0.000} ms  share {times[part].Average() / whole, 6:0.0%}  n={Measured}"
                )
            );
        }
    }
}
