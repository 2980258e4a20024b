using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Overfitting;

namespace RolloutDashboard.Api.Exports;

/// <summary>Each strategy against holding the market, among all that were tried; the latest measurement.</summary>
internal sealed class OverfittingExport : ICsvExport
{
    public string Name => "overfitting";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<TrialStanding>> Columns { get; } =
    [
        new("iteration", row => row.IterationNumber),
        new("sharpe_ratio", row => row.Sharpe),
        new("statistic", row => row.Statistic),
        new("adjusted_p", row => row.Adjusted),
        new("beats_market", row => row.BeatsMarket),
    ];

    private async Task<IResult> AnswerAsync(
        string? environment,
        OverfittingResults results,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (new QueryWords().Environment(environment).Problem() is { } problem)
        {
            return problem;
        }

        var of = AnalystAddress.Environment(environment);
        var standings = results.Of(of)?.Standings.Values ?? [];
        return await export.FileAsync(
            Name,
            of.ToString(),
            Columns,
            standings.OrderBy(standing => standing.IterationNumber).ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
