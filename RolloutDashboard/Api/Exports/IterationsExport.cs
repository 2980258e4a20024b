using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>All iterations of a filter.</summary>
internal sealed class IterationsExport : ICsvExport
{
    public string Name => "iterations";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<IterationRecord>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? environment,
        string? mode,
        string? level,
        string? status,
        string? stage,
        ExportRecords records,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    ) =>
        new QueryWords()
            .Environment(environment)
            .OneOf("mode", mode, "json", "full-code")
            .Number("level", level, 0, 3)
            .Status(status)
            .Stage(stage)
            .Problem()
        ?? await export.FileAsync(
            Name,
            AnalystAddress.Environment(environment).ToString(),
            Columns,
            records.IterationsAsync(
                IterationAddress.Parse(environment, mode, level, status, stage, null),
                cancellationToken
            ),
            cancellationToken
        );
}
