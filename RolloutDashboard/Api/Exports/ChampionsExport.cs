using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Champions;

namespace RolloutDashboard.Api.Exports;

/// <summary>Champions of one scope, with how long each reigned.</summary>
internal sealed class ChampionsExport : ICsvExport
{
    public string Name => "champions";

    public bool IsComputed => true;

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<ChampionReign>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? scope,
        string? environment,
        IAnalystQueries analyst,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (
            new QueryWords().OneOf("scope", scope, "overall", "json", "full-code").Environment(environment).Problem() is
            { } problem
        )
        {
            return problem;
        }

        var history = await analyst.ChampionsAsync(
            AnalystAddress.Environment(environment),
            AnalystAddress.Scope(scope),
            cancellationToken
        );
        return await export.FileAsync(
            Name,
            AnalystAddress.Environment(environment).ToString(),
            Columns,
            history.Reigns.ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
