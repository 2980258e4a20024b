namespace RolloutDashboard.Api.Exports;

/// <summary>All CSV files that stand on pages; a new one is a line here.</summary>
internal static class ExportList
{
    public static IReadOnlyList<ICsvExport> All { get; } =
    [
        new IterationsExport(),
        new LineagesExport(),
        new DecisionsExport(),
        new ChampionsExport(),
        new OverfittingExport(),
        new KpisExport(),
        new TemplatesExport(),
        new ReplayExport(),
        new GatesExport(),
    ];
}
