using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Sums up a data set, and judges it by gates.</summary>
public sealed class ReadSetSummary(IImportQueries imports, IImportedHistories histories)
{
    /// <summary>Most records that are looked at; the summary says so where a set holds more.</summary>
    public const int MostRecords = 200_000;

    /// <returns>Null where there is no such set.</returns>
    public async Task<HistorySummary?> ExecuteAsync(
        int setId,
        HistoryPolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (await imports.FindAsync(setId, cancellationToken).ConfigureAwait(false) is not { } set)
        {
            return null;
        }

        var records = await histories.ReadAsync(setId, run: null, MostRecords, cancellationToken).ConfigureAwait(false);
        return SummariseHistory.Of(Records(set.Report, records), policy);
    }

    /// <summary>The records with what the checks said of them at the import.</summary>
    public static HistoryRecords Records(ImportReport report, IReadOnlyList<CheckedIteration> records)
    {
        ArgumentNullException.ThrowIfNull(report);
        var blocking = report
            .Runs.SelectMany(run => run.Findings)
            .Where(one => one.Severity == FindingSeverity.Blocking)
            .Select(one => one.Code)
            .ToArray();
        var faults = report.Runs.SelectMany(run => run.Faults).Distinct(StringComparer.Ordinal).ToArray();

        // A check that failed might have found something; one finding is enough to know.
        return new HistoryRecords(
            records,
            report.Records,
            blocking.Length == 0 && faults.Length > 0 ? null : blocking,
            faults.Length == 0 ? null : $"A check could not run: {string.Join("; ", faults)}"
        );
    }
}
