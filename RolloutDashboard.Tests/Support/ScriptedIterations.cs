using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Support;

/// <summary>A list of iterations of which each fourth failed, with one record behind each.</summary>
public sealed class ScriptedIterations : IIterationQueries
{
    private const string Program =
        "public sealed class Strategy : IStrategy\n{\n    public double Score(StockView stock)\n    {\n        return stock.Close[0] / stock.Close[20] - 1;\n    }\n}";

    /// <summary>How many there are.</summary>
    public long Total { get; set; } = 120;

    public List<IterationFilter> Asked { get; } = [];

    public Exception? Failure { get; set; }

    /// <summary>Nothing is found before it ends.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public Task<IterationSlice> PageAsync(IterationFilter filter, CancellationToken cancellationToken)
    {
        Asked.Add(filter);
        if (Failure is not null)
        {
            throw Failure;
        }

        var first = Total - ((filter.Page - 1) * IterationFilter.PageSize);
        var count = Math.Clamp(first, 0, IterationFilter.PageSize);
        return Task.FromResult(
            new IterationSlice([.. Enumerable.Range(0, (int)count).Select(i => Row(first - i))], Total)
        );
    }

    public async Task<IterationDetail?> FindAsync(
        RolloutEnvironment environment,
        long number,
        CancellationToken cancellationToken
    )
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        await Held.WaitAsync(cancellationToken);
        return number >= 1 && number <= Total ? Detail(number) : null;
    }

    public static IterationRow Row(long number)
    {
        var failed = number % 4 == 0;
        var json = number % 3 != 0;
        return new IterationRow(
            number,
            RolloutEnvironment.Production,
            Scripted.Start.AddSeconds(number),
            TimeSpan.FromMilliseconds(700 + (number % 9 * 130)),
            IterationStatus.Finished,
            IterationKind.Generated,
            json ? RequestSource.TemplateLibrary : RequestSource.Freeform,
            Stage.TemplateLibraryOnly,
            1,
            json ? GenerationMode.Json : GenerationMode.FullCode,
            json ? GenerationMode.Json : GenerationMode.FullCode,
            failed ? SuccessLevel.Failed
                : number % 5 == 0 ? SuccessLevel.Measured
                : SuccessLevel.Profitable,
            json ? "Momentum" : null,
            failed ? null : 0.4,
            failed ? null : 0.31,
            failed ? null : -0.22,
            number == 89,
            failed ? "error CS0103: The name 'SimpleMovingAverage' does not exist in the current context" : null
        );
    }

    private static IterationDetail Detail(long number)
    {
        var row = Row(number);
        var json = row.AssignedMode == GenerationMode.Json;
        var failed = row.Level == SuccessLevel.Failed;
        return new IterationDetail(
            row,
            2,
            json ? "json-1" : "code-1",
            0.7,
            false,
            "synthetic-7-300x2520",
            "1",
            Attempts(failed),
            "A short momentum window with a long average keeps the portfolio in stocks that rise steadily.",
            json ? "{\"momentum_period\":10,\"ma_periods\":60,\"catalyst_type\":\"revenue\"}" : null,
            json ? null : Program,
            "9f3c2a7be1d04455",
            failed ? new GenerationFailure(GenerationFailureKinds.Compile, row.Error!, "CS0103") : null,
            failed ? null : new BacktestMetrics(0.31, 0.06, 0.4, 0.55, -0.22, 0.27, 0.52, 0.47, 0.38, 0.91, 214, 0.16),
            failed ? [] : Equity(),
            null,
            new DateOnly(2021, 10, 1),
            [
                new TimingPart("llm", TimeSpan.FromMilliseconds(260)),
                new TimingPart("plan", TimeSpan.FromMilliseconds(90)),
                new TimingPart("backtest", TimeSpan.FromMilliseconds(340)),
                new TimingPart("record", TimeSpan.FromMilliseconds(12)),
            ],
            12,
            11,
            number > 1 ? number - 1 : null,
            number + 1
        )
        {
            MarketData = failed ? null : new ScriptedMarketData().Of("synthetic-7-300x2520"),
        };
    }

    private static GenerationAttempt[] Attempts(bool failed) =>
        [
            new GenerationAttempt(
                1,
                "You choose parameters for the template Momentum.\nAnswer with JSON.",
                "{\"template\":\"Momentum\",\"params\":{\"momentum_period\":7}}",
                ["momentum_period: 7 is not one of 5, 10, 20, 30"],
                "offline generator",
                "search-1",
                812,
                96,
                null,
                TimeSpan.FromMilliseconds(140),
                "stop"
            ),
            new GenerationAttempt(
                2,
                "You choose parameters for the template Momentum.\nThe last answer had 1 error.",
                "{\"template\":\"Momentum\",\"params\":{\"momentum_period\":10}}",
                failed ? ["no positions"] : [],
                "offline generator",
                "search-1",
                902,
                98,
                null,
                TimeSpan.FromMilliseconds(120),
                "stop"
            ),
        ];

    private static EquityPoint[] Equity() =>
        [
            .. Enumerable
                .Range(0, 400)
                .Select(i => new EquityPoint(
                    new DateOnly(2020, 1, 2).AddDays(i * 2),
                    1 + (i * 0.001) + (0.05 * Math.Sin(i / 12.0)),
                    1 + (i * 0.0006)
                )),
        ];
}
