using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>Invents iterations like those of a long rollout: JSON repeats its strategies, full code often fails. Same
/// seed, same iterations.</summary>
internal sealed class SeedIterations(SeedPlan plan, int seed, int withEquity)
{
    private const int JsonStrategies = 6000;
    private static readonly string[] Templates = ["Momentum", "Turtle", "Mastiff", "Factor", "PriceMomentum"];
    private static readonly (string Kind, string Signature)[] Failures =
    [
        ("compile", "compile: CS0103"),
        ("compile", "compile: CS1061"),
        ("allow-list", "allow-list: System.IO"),
        ("timeout", "timeout"),
        ("runtime", "runtime: IndexOutOfRange"),
        ("answer", "answer: no code"),
    ];
    private static readonly string Prompt = string.Join(
        '\n',
        Enumerable
            .Range(1, 12)
            .Select(line =>
                $"Rule {line}: choose parameters that hold in calm and in falling markets, and say why in one paragraph."
            )
    );
    private static readonly string Program = string.Join(
        '\n',
        Enumerable
            .Range(1, 30)
            .Select(line =>
                $"        scores[stock] += history.Close(stock, {line}) > history.Mean(stock, {line * 5}) ? 1.0 : -0.5;"
            )
    );
    private readonly Random _random = new(seed);
    private readonly byte[] _equity = MemoryMarshal
        .AsBytes<float>(
            Enumerable.Range(0, 2016).Select(day => 1 + (day * 0.0002f) + (0.03f * MathF.Sin(day / 40f))).ToArray()
        )
        .ToArray();

    public IEnumerable<IterationRecord> All() => Enumerable.Range(1, plan.Rows).Select(One);

    private IterationRecord One(int number)
    {
        var visit = plan.Visits[plan.VisitOf(number)];
        var source = _random.NextDouble() < 0.6 ? RequestSource.TemplateLibrary : RequestSource.Freeform;
        var isJson = IsJson(visit.Configuration, source);
        var (rule, reason) = Assignment(visit.Configuration.JsonModeProbability, number);
        var claimed = plan.ClaimedAt(number);
        var record = new IterationRecord
        {
            Id = number,
            RolloutId = 1,
            Number = number,
            Stage = visit.Stage,
            Attempt = visit.Attempt,
            ConfigurationNumber = visit.ConfigurationNumber,
            Source = source,
            AssignedMode = isJson ? GenerationMode.Json : GenerationMode.FullCode,
            AssignmentRule = rule,
            AssignmentReason = reason,
            Status = IterationStatus.Finished,
            ClaimedAt = claimed,
            EndedAt = claimed.AddMilliseconds(isJson ? 900 + _random.Next(3000) : 2000 + _random.Next(12000)),
            SessionId = 1,
            IsExploration = number % 5 == 0,
            PromptVersion = isJson ? "json-3" : "code-4",
            Provider = number % 40 == 0 ? "backup" : "openai",
            Model = number % 40 == 0 ? "small-2" : "large-5",
            Attempts = 1 + (_random.Next(8) == 0 ? 1 : 0),
            InputTokens = 1400 + _random.Next(400),
            OutputTokens = isJson ? 180 + _random.Next(80) : 700 + _random.Next(500),
            CostUsd = isJson ? 0.002 : 0.009,
            LlmMilliseconds = isJson ? 800 + _random.Next(2500) : 1800 + _random.Next(9000),
        };
        record.Segment = SegmentKey.Of(record.ConfigurationNumber, new ModelInUse(record.Provider, record.Model));
        End(record, isJson);
        record.TotalMilliseconds = (record.EndedAt!.Value - claimed).TotalMilliseconds;
        record.Detail = Detail(record, isJson);
        return record;
    }

    private bool IsJson(StageConfiguration configuration, RequestSource source) =>
        configuration switch
        {
            { JsonModeEnabled: false } => false,
            { JsonModeProbability: { } share } => _random.NextDouble() < share,
            _ => source == RequestSource.TemplateLibrary,
        };

    private static (AssignmentRule Rule, string Reason) Assignment(double? share, int number) =>
        share is null
            ? (AssignmentRule.Source, "source")
            : (
                AssignmentRule.Share,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"share {share:P0}, block {number / 20}, slot {number % 20}"
                )
            );

    private void End(IterationRecord record, bool isJson)
    {
        var fate = _random.NextDouble();
        if (fate < 0.002)
        {
            (record.Status, record.Cancellation, record.FailureMessage) = (
                IterationStatus.Cancelled,
                CancellationReason.LoopStopped,
                CancellationReason.LoopStopped.Sentence()
            );
            return;
        }

        if (fate < 0.0025)
        {
            (record.Status, record.Level, record.FailureKind, record.FailureSignature, record.FailureMessage) = (
                IterationStatus.Lost,
                SuccessLevel.Failed,
                "lost",
                "lost",
                "The process ended before the iteration did."
            );
            return;
        }

        var level = Level(isJson, _random.NextDouble());
        record.Level = level;
        if (level == SuccessLevel.Failed)
        {
            Fail(record);
            return;
        }

        Measure(record, isJson, level);
    }

    private static SuccessLevel Level(bool isJson, double draw) =>
        isJson
            ? draw < 0.83
                ? SuccessLevel.Profitable
                : draw < 0.97
                    ? SuccessLevel.Measured
                    : SuccessLevel.Failed
            : draw < 0.24
                ? SuccessLevel.Profitable
                : draw < 0.45
                    ? SuccessLevel.Measured
                    : SuccessLevel.Failed;

    private void Fail(IterationRecord record)
    {
        var (kind, signature) = Failures[_random.Next(Failures.Length)];
        (record.FailureKind, record.FailureSignature, record.FailureMessage) = (
            kind,
            signature,
            $"{signature}: the program of iteration {record.Number} was refused."
        );
    }

    private void Measure(IterationRecord record, bool isJson, SuccessLevel level)
    {
        var strategy = isJson ? (int)(JsonStrategies * Math.Pow(_random.NextDouble(), 2)) : (int)record.Number;
        var template = Templates[strategy % Templates.Length];
        var sharpe =
            level == SuccessLevel.Profitable ? 0.02 + (0.9 * _random.NextDouble()) : -0.6 * _random.NextDouble();
        record.EffectiveMode = record.AssignedMode;
        record.Fingerprint = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(isJson ? strategy : -strategy))
        );
        record.TemplateName = isJson ? template : null;
        record.ParametersJson = isJson
            ? $$"""{"momentum_period":{{5 + (strategy % 4 * 10)}},"n_stocks":{{5 * (1 + (strategy % 3))}},"stop_loss":0.1,"resample":"{{(strategy % 2 == 0 ? "M" : "W")}}"}"""
            : null;
        (record.MarketDataVersion, record.EngineVersion, record.MetricBasis) = (
            "seeded-1",
            Backtester.EngineVersion,
            "seeded"
        );
        (record.SharpeRatio, record.TotalReturn, record.AnnualReturn) = (sharpe, sharpe * 0.6, sharpe * 0.07);
        (record.MaxDrawdown, record.CalmarRatio, record.SortinoRatio) = (
            -0.1 - (0.3 * _random.NextDouble()),
            sharpe * 0.5,
            sharpe * 1.3
        );
        (record.DayWinRate, record.TradeWinRate, record.Volatility) = (0.51, 0.48, 0.21);
        (record.Turnover, record.Exposure, record.Trades, record.BacktestMilliseconds) = (
            0.3,
            0.9,
            200 + _random.Next(300),
            3 + _random.Next(6)
        );
        (record.CacheLookups, record.CacheHits) = isJson ? (6, _random.Next(20) == 0 ? 5 : 6) : (0, 0);
    }

    private IterationDetail Detail(IterationRecord record, bool isJson) =>
        new()
        {
            IterationId = record.Id,
            AttemptsJson = JsonSerializer.Serialize(
                new[]
                {
                    new GenerationAttempt(
                        1,
                        Prompt,
                        record.ParametersJson ?? Program[..400],
                        [],
                        record.Provider!,
                        record.Model!,
                        record.InputTokens,
                        record.OutputTokens,
                        record.CostUsd,
                        TimeSpan.FromMilliseconds(record.LlmMilliseconds),
                        null
                    ),
                }
            ),
            Reasoning = isJson
                ? "Steady momentum with a moderate stop held up best in the feedback, so the window is a little longer this time."
                : null,
            Code = isJson || record.Fingerprint is null ? null : $"// {record.Number}\n{Program}",
            Equity = record.Fingerprint is not null && record.Number > plan.Rows - withEquity ? _equity : null,
            TimingsJson = """{"generate":120.5,"validate":1.2}""",
        };
}
