using RolloutDashboard.Components.Analytics;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Analytics;

namespace RolloutDashboard.Api.Exports;

/// <summary>What each template came to in a period.</summary>
internal sealed class TemplatesExport : ICsvExport
{
    public string Name => "templates";

    public bool IsComputed => true;

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<TemplateUse>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? environment,
        string? range,
        string? from,
        string? to,
        string? stage,
        string? attempt,
        IAnalystQueries analyst,
        TimeProvider clock,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        var words = new QueryWords()
            .Environment(environment)
            .Period(range, from, to)
            .Stage(stage)
            .Number("attempt", attempt, 1, int.MaxValue);
        if (words.Problem() is { } problem)
        {
            return problem;
        }

        var period = PeriodChoice.Parse(range, from, to, AnalyticsPage.Standard).At(clock.GetUtcNow());
        var report = await analyst.AnalyticsAsync(
            AnalystAddress.Environment(environment),
            period,
            AnalystAddress.Attempt(stage, attempt),
            null,
            null,
            cancellationToken
        );
        return await export.FileAsync(
            Name,
            AnalystAddress.Environment(environment).ToString(),
            Columns,
            report.Templates.ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
