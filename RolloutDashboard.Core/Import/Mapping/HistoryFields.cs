namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>All fields that a record may have, in the order in which a form asks for them.</summary>
public static class HistoryFields
{
    public const string Arm = "arm";
    public const string Timestamp = "timestamp";
    public const string SharpeRatio = "metrics.sharpe_ratio";

    /// <summary>The word of the JSON arm.</summary>
    public const string JsonArm = "json";

    /// <summary>The word of the full-code arm.</summary>
    public const string FullCodeArm = "full-code";

    public static IReadOnlyList<HistoryField> All { get; } =
    [
        new("iteration_num", "Number", HistoryFieldKind.Number, "iteration_num", "iteration"),
        new(Timestamp, "Time", HistoryFieldKind.Time, "timestamp"),
        new(Arm, "Arm", HistoryFieldKind.Word, ["mode"], [JsonArm, FullCodeArm]),
        new(
            "generation_method",
            "Made by",
            HistoryFieldKind.Word,
            ["generation_method"],
            ["llm", "factor_graph", "template"]
        ),
        new(
            "success",
            "Ran without an error",
            HistoryFieldKind.Flag,
            "execution_result.success",
            "execution_success",
            "metrics.execution_success",
            "success",
            "status"
        ),
        new(
            SharpeRatio,
            "Sharpe ratio",
            HistoryFieldKind.Number,
            SharpeRatio,
            "execution_result.sharpe_ratio",
            "sharpe_ratio"
        ),
        new(
            "metrics.total_return",
            "Total return",
            HistoryFieldKind.Number,
            "metrics.total_return",
            "execution_result.total_return",
            "total_return"
        ),
        new(
            "metrics.annual_return",
            "Annual return",
            HistoryFieldKind.Number,
            "metrics.annual_return",
            "execution_result.annual_return",
            "annual_return"
        ),
        new(
            "metrics.max_drawdown",
            "Max drawdown",
            HistoryFieldKind.Number,
            "metrics.max_drawdown",
            "execution_result.max_drawdown",
            "max_drawdown"
        ),
        new(
            "metrics.calmar_ratio",
            "Calmar ratio",
            HistoryFieldKind.Number,
            "metrics.calmar_ratio",
            "execution_result.calmar_ratio",
            "calmar_ratio"
        ),
        new(
            "metrics.win_rate",
            "Win rate",
            HistoryFieldKind.Number,
            "metrics.win_rate",
            "execution_result.win_rate",
            "win_rate"
        ),
        new("strategy_code", "Program", HistoryFieldKind.Text, "strategy_code", "code"),
        new("parameters", "Parameters", HistoryFieldKind.Parameters, "parameters"),
        new("template_name", "Template", HistoryFieldKind.Text, "template_name"),
        new("strategy_id", "Strategy's name", HistoryFieldKind.Text, "strategy_id"),
        new("error_type", "Kind of error", HistoryFieldKind.Text, "execution_result.error_type", "error_type"),
        new(
            "error_message",
            "Error",
            HistoryFieldKind.Text,
            "execution_result.error_message",
            "execution_error",
            "validation_errors",
            "error_message"
        ),
        new(
            "execution_time",
            "Duration in seconds",
            HistoryFieldKind.Number,
            "execution_result.execution_time",
            "execution_time",
            "duration_seconds"
        ),
        new("classification_level", "Declared level", HistoryFieldKind.Text, "classification_level"),
        new("json_mode", "JSON mode", HistoryFieldKind.Flag, "json_mode"),
        new("champion_updated", "Became champion", HistoryFieldKind.Flag, "champion_updated"),
        new("champion_sharpe", "Champion's Sharpe ratio", HistoryFieldKind.Number, "champion_sharpe"),
        new("champion_iteration", "Champion's number", HistoryFieldKind.Number, "champion_iteration"),
        new("feedback_used", "Feedback shown", HistoryFieldKind.Text, "feedback_used"),
        new("lineage", "Lineage or island", HistoryFieldKind.Text, "lineage", "lineage_id", "island", "island_id"),
    ];

    /// <summary>The field that a mapping names, also by one of the paths it is looked for at; null for none.</summary>
    public static HistoryField? Find(string key) =>
        All.FirstOrDefault(field => field.Key == key) ?? All.FirstOrDefault(field => field.Paths.Contains(key));
}
