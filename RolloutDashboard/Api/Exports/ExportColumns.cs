using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>Columns of the exports; names in snake case, shares as fractions, times in UTC.</summary>
public static class ExportColumns
{
    public static IReadOnlyList<CsvColumn<IterationRecord>> Iterations { get; } =
    [
        new("iteration", row => row.Number),
        new("environment", row => row.Environment),
        new("stage", row => row.Stage.Number()),
        new("attempt", row => row.Attempt),
        new("configuration", row => row.ConfigurationNumber),
        new("kind", row => row.Kind),
        new("source", row => row.Source),
        new("assigned_mode", row => row.AssignedMode),
        new("effective_mode", row => row.EffectiveMode),
        new("status", row => row.Status),
        new("level", row => (int?)row.Level),
        new("claimed_at", row => row.ClaimedAt),
        new("ended_at", row => row.EndedAt),
        new("total_ms", row => row.TotalMilliseconds),
        new("llm_ms", row => row.LlmMilliseconds),
        new("backtest_ms", row => row.BacktestMilliseconds),
        new("template", row => row.TemplateName),
        new("parameters", row => row.ParametersJson),
        new("fingerprint", row => row.Fingerprint),
        new("sharpe_ratio", row => row.SharpeRatio),
        new("total_return", row => row.TotalReturn),
        new("annual_return", row => row.AnnualReturn),
        new("max_drawdown", row => row.MaxDrawdown),
        new("calmar_ratio", row => row.CalmarRatio),
        new("sortino_ratio", row => row.SortinoRatio),
        new("trades", row => row.Trades),
        new("champion_updated", row => row.ChampionUpdated),
        new("failure_kind", row => row.FailureKind),
        new("failure_message", row => row.FailureMessage),
        new("failure_signature", row => row.FailureSignature),
        new("attempts", row => row.Attempts),
        new("provider", row => row.Provider),
        new("model", row => row.Model),
        new("tokens_estimated", row => row.TokensAreEstimated),
        new("input_tokens", row => row.InputTokens),
        new("output_tokens", row => row.OutputTokens),
        new("cost_usd", row => row.CostUsd),
        new("cache_lookups", row => row.CacheLookups),
        new("cache_hits", row => row.CacheHits),
        new("prompt_version", row => row.PromptVersion),
        new("market_data_version", row => row.MarketDataVersion),
        new("engine_version", row => row.EngineVersion),
        new("metric_basis", row => row.MetricBasis),
        new("assignment_rule", row => row.AssignmentRule),
        new("assignment_reason", row => row.AssignmentReason),
    ];

    public static IReadOnlyList<CsvColumn<DecisionRecord>> Decisions { get; } =
    [
        new("sequence", row => row.Sequence),
        new("at", row => row.At),
        new("rollout", row => row.RolloutId),
        new("kind", row => row.Kind),
        new("actor", row => row.Actor),
        new("text", row => row.Text),
        new("reason", row => row.Reason),
        new("inputs", row => row.InputsJson),
        new("previous_hash", row => row.PreviousHash),
        new("hash", row => row.Hash),
    ];

    public static IReadOnlyList<CsvColumn<ChampionReign>> Champions { get; } =
    [
        new("iteration", row => row.Champion.IterationNumber),
        new("environment", row => row.Champion.Environment),
        new("scope", row => row.Champion.Scope),
        new("mode", row => row.Champion.Mode),
        new("template", row => row.Champion.TemplateName),
        new("parameters", row => row.Champion.ParametersJson),
        new("sharpe_ratio", row => row.Champion.SharpeRatio),
        new("hold_out_sharpe", row => row.Champion.HoldOutSharpe),
        new("hold_out_looks", row => row.HoldOut?.Count ?? 0),
        new("hold_out_outcome", row => row.HoldOut?.Outcome),
        new("deflated_sharpe", row => row.Champion.DeflatedSharpe),
        new("trials", row => row.Champion.Trials),
        new("calmar_ratio", row => row.Champion.CalmarRatio),
        new("max_drawdown", row => row.Champion.MaxDrawdown),
        new("total_return", row => row.Champion.TotalReturn),
        new("crowned_at", row => row.Champion.CrownedAt),
        new("until_iteration", row => row.UntilIteration),
        new("reigned_iterations", row => row.AgeIterations),
    ];

    public static IReadOnlyList<CsvColumn<TemplateUse>> Templates { get; } =
    [
        new("template", row => row.Name),
        new("n", row => row.Figures.N),
        new("share", row => row.Share),
        new("level_0", row => row.Figures.Levels[0]),
        new("level_1", row => row.Figures.Levels[1]),
        new("level_2", row => row.Figures.Levels[2]),
        new("level_3", row => row.Figures.Levels[3]),
        new("success", row => row.Figures.Success.Share),
        new("success_from", row => row.Figures.Success.Interval?.Lower),
        new("success_to", row => row.Figures.Success.Interval?.Upper),
        new("distinct", row => row.Figures.Sample.Distinct),
        new("effective_n", row => row.Figures.Sample.Effective),
        new("mean_sharpe", row => row.Figures.MeanSharpe),
        new("mean_sharpe_from", row => row.Figures.SharpeInterval?.Lower),
        new("mean_sharpe_to", row => row.Figures.SharpeInterval?.Upper),
        new("mean_total_return", row => row.Figures.MeanReturn),
        new("left_out_values", row => row.Figures.LeftOut),
    ];

    public static IReadOnlyList<CsvColumn<ReplayStep>> Replay { get; } =
    [
        new("iteration", row => row.Number),
        new("at", row => row.At),
        new("stage", row => row.Stage.Number()),
        new("attempt", row => row.Attempt),
        new("what", row => row.Kind),
        new("rule", row => row.Rule),
        new("why", row => row.Text),
        new("hypothetical", row => row.IsHypothetical),
    ];

    public static IReadOnlyList<CsvColumn<GateCell>> Gates { get; } =
    [
        new("version", row => row.Version),
        new("stage", row => row.Stage),
        new("criterion", row => row.Key),
        new("name", row => row.Name),
        new("enabled", row => row.IsEnabled),
        new("target", row => row.Target),
        new("minimum_samples", row => row.MinimumSamples),
        new("unit", row => row.Unit),
    ];

    public static IReadOnlyList<CsvColumn<KpiCell>> Kpis { get; } =
    [
        new("kpi", row => row.Kpi.Key),
        new("name", row => row.Kpi.Name),
        new("unit", row => row.Kpi.Unit),
        new("target", row => row.Kpi.Target),
        new("period", row => row.Column.IsWhole ? "whole" : row.Step.ToString()),
        new("from", row => row.Column.From),
        new("to", row => row.Column.To),
        new("value", row => row.Value.Value),
        new("n", row => row.Value.N),
        new("n_counts", row => row.Value.Of),
        new("period_target", row => row.Value.HasOwnTarget ? row.Value.Target : row.Kpi.Target),
        new("judgement", row => row.Kpi.Judge(row.Value)),
    ];
}
