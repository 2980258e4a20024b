using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Views;

namespace RolloutDashboard.Api.Exports;

/// <summary>Criteria and limits of the gates in force.</summary>
internal sealed class GatesExport : ICsvExport
{
    public string Name => "gates";

    public Delegate Answer => AnswerAsync;

    internal static IReadOnlyList<CsvColumn<GateCell>> Columns { get; } =
    [
        new("version", row => row.Version),
        new("stage", row => row.Stage),
        new("criterion", row => row.Key),
        new("name", row => row.Name),
        new("enabled", row => row.IsEnabled),
        new("target", row => row.Target),
        new("minimum_samples", row => row.MinimumSamples),
        new("unit", row => row.Unit),
    ];

    private async Task<FileStreamHttpResult> AnswerAsync(
        IOperationsView operations,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        var view = await operations.ReadGatesAsync(cancellationToken);
        return await export.FileAsync(
            Name,
            "Production",
            Columns,
            GateCell.Of(view.InForce).ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
