using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>All iterations of a filter.</summary>
internal sealed class IterationsExport : ICsvExport
{
    public string Name => "iterations";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<ExportedIteration>> Columns { get; } =
    [
        new("iteration", row => row.Record.Number),
        new("environment", row => row.Record.Environment),
        new("stage", row => row.Record.Stage.Number()),
        new("attempt", row => row.Record.Attempt),
        new("configuration", row => row.Record.ConfigurationNumber),
        new("lineage", row => row.Lineage),
        new("lineage_position", row => row.Record.LineagePosition),
        new("kind", row => row.Record.Kind),
        new("source", row => row.Record.Source),
        new("assigned_mode", row => row.Record.AssignedMode),
        new("effective_mode", row => row.Record.EffectiveMode),
        new("status", row => row.Record.Status),
        new("level", row => (int?)row.Record.Level),
        new("claimed_at", row => row.Record.ClaimedAt),
        new("ended_at", row => row.Record.EndedAt),
        new("total_ms", row => row.Record.TotalMilliseconds),
        new("llm_ms", row => row.Record.LlmMilliseconds),
        new("backtest_ms", row => row.Record.BacktestMilliseconds),
        new("template", row => row.Record.TemplateName),
        new("parameters", row => row.Record.ParametersJson),
        new("fingerprint", row => row.Record.Fingerprint),
        new("sharpe_ratio", row => row.Record.SharpeRatio),
        new("total_return", row => row.Record.TotalReturn),
        new("annual_return", row => row.Record.AnnualReturn),
        new("max_drawdown", row => row.Record.MaxDrawdown),
        new("calmar_ratio", row => row.Record.CalmarRatio),
        new("sortino_ratio", row => row.Record.SortinoRatio),
        new("trades", row => row.Record.Trades),
        new("champion_updated", row => row.Record.ChampionUpdated),
        new("failure_kind", row => row.Record.FailureKind),
        new("failure_message", row => row.Record.FailureMessage),
        new("failure_signature", row => row.Record.FailureSignature),
        new("attempts", row => row.Record.Attempts),
        new("provider", row => row.Record.Provider),
        new("model", row => row.Record.Model),
        new("tokens_estimated", row => row.Record.TokensAreEstimated),
        new("input_tokens", row => row.Record.InputTokens),
        new("output_tokens", row => row.Record.OutputTokens),
        new("cost_usd", row => row.Record.CostUsd),
        new("cache_lookups", row => row.Record.CacheLookups),
        new("cache_hits", row => row.Record.CacheHits),
        new("prompt_version", row => row.Record.PromptVersion),
        new("market_data_version", row => row.Record.MarketDataVersion),
        new("engine_version", row => row.Record.EngineVersion),
        new("metric_basis", row => row.Record.MetricBasis),
        new("assignment_rule", row => row.Record.AssignmentRule),
        new("assignment_reason", row => row.Record.AssignmentReason),
    ];

    private async Task<IResult> AnswerAsync(
        string? environment,
        string? mode,
        string? level,
        string? status,
        string? stage,
        string? lineage,
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
            .Number("lineage", lineage, 1, int.MaxValue)
            .Problem()
        ?? await export.FileAsync(
            Name,
            AnalystAddress.Environment(environment).ToString(),
            Columns,
            records.IterationsAsync(
                IterationAddress.Parse(environment, mode, level, status, stage, null, lineage),
                cancellationToken
            ),
            cancellationToken
        );
}
