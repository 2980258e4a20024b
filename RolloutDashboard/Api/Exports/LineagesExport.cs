using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>All lineages of an environment, closed short ones among them.</summary>
internal sealed class LineagesExport : ICsvExport
{
    public string Name => "lineages";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<Lineage>> Columns { get; } =
    [
        new("environment", row => row.Environment),
        new("mode", row => row.Mode),
        new("lineage", row => row.Ordinal),
        new("segment", row => row.Segment),
        new("stage", row => row.Stage.Number()),
        new("attempt", row => row.Attempt),
        new("worker", row => row.Worker),
        new("planned_length", row => row.PlannedLength),
        new("length", row => row.Count),
        new("started_at", row => row.StartedAt),
        new("closed_at", row => row.ClosedAt),
        new("end", row => row.End),
    ];

    private async Task<IResult> AnswerAsync(
        string? environment,
        ExportRecords records,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    ) =>
        new QueryWords().Environment(environment).Problem()
        ?? await export.FileAsync(
            Name,
            AnalystAddress.Environment(environment).ToString(),
            Columns,
            records.LineagesAsync(AnalystAddress.Environment(environment), cancellationToken),
            cancellationToken
        );
}
