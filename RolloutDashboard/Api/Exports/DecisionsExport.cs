using RolloutDashboard.Components.Audit;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Api.Exports;

/// <summary>Decisions of a filter, with the hashes that chain them.</summary>
internal sealed class DecisionsExport : ICsvExport
{
    public string Name => "decisions";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<DecisionRecord>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? kind,
        string? actor,
        string? range,
        string? from,
        string? to,
        string? decision,
        ExportRecords records,
        TimeProvider clock,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (new QueryWords().Period(range, from, to).Number("decision", decision, 0).Problem() is { } problem)
        {
            return problem;
        }

        var filter = AnalystAddress.Decisions(
            kind,
            actor,
            PeriodChoice.Parse(range, from, to, AuditPage.Standard),
            null,
            decision,
            clock.GetUtcNow()
        );
        return await export.FileAsync(
            Name,
            "Production",
            Columns,
            records.DecisionsAsync(filter, cancellationToken),
            cancellationToken
        );
    }
}
