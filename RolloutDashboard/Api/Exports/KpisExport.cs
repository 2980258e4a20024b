using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Analytics;

namespace RolloutDashboard.Api.Exports;

/// <summary>KPIs, a row for each value of each period.</summary>
internal sealed class KpisExport : ICsvExport
{
    public string Name => "kpis";

    public bool IsComputed => true;

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<KpiCell>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? by,
        IAnalystQueries analyst,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (new QueryWords().OneOf("by", by, "day", "week", "month").Problem() is { } problem)
        {
            return problem;
        }

        var report = await analyst.KpisAsync(AnalystAddress.Step(by), null, cancellationToken);
        return await export.FileAsync(
            Name,
            "Production",
            Columns,
            KpiCell.Of(report).ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
