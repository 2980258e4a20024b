using System.Globalization;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Reports;

namespace RolloutDashboard.Core.Import;

/// <summary>Says which other data sets hold most of a file already, or are held by it.</summary>
internal static class RepeatedSets
{
    private const double Most = 0.5;

    public static ImportReport Named(
        ImportReport report,
        IEnumerable<(int Id, string Name, ImportReport Report)> others
    )
    {
        var repeated = others.Select(other => Question(report, other)).OfType<ImportQuestion>().ToArray();
        return repeated.Length == 0 ? report : report with { Questions = [.. report.Questions, .. repeated] };
    }

    private static ImportQuestion? Question(ImportReport report, (int Id, string Name, ImportReport Report) other)
    {
        var mine = RecordSketch.Share(report.Sketch, other.Report.Sketch);
        var theirs = RecordSketch.Share(other.Report.Sketch, report.Sketch);
        return Math.Max(mine ?? 0, theirs ?? 0) < Most
            ? null
            : new ImportQuestion(
                ImportQuestionKind.RepeatsOtherSet,
                (long)Math.Round(mine is { } share ? share * report.Records : theirs!.Value * other.Report.Records),
                string.Create(CultureInfo.InvariantCulture, $"data set {other.Id} ({other.Name})"),
                []
            );
    }
}
