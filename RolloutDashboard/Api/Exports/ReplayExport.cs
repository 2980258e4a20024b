using RolloutDashboard.Components.Studies;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Api.Exports;

/// <summary>What a replay would have decided, step by step.</summary>
internal sealed class ReplayExport : ICsvExport
{
    public string Name => "replay";

    public bool IsComputed => true;

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<ReplayStep>> Columns { get; } =
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

    private async Task<IResult> AnswerAsync(
        string? data,
        string? run,
        string? stage,
        string? gates,
        string? with,
        IReplays replays,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var replayed = await replays.ReplayAsync(
                ReplayAddress.Parse(data, run, stage, gates, with),
                JobSubscription.Of(export.Context),
                cancellationToken
            );
            return await export.FileAsync(
                Name,
                data is null or "live" ? "Production" : "imported",
                Columns,
                replayed.Value.Result.Steps.ToAsyncEnumerable(),
                cancellationToken
            );
        }
        catch (SelectionException exception)
        {
            return SelectionProblem.Of(exception);
        }
    }
}
