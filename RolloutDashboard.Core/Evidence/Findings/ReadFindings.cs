using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>Reads the findings of the latest rollout.</summary>
public sealed class ReadFindings(IDbContextFactory<RolloutDb> databases, TimeProvider clock) : IEvidenceQueries
{
    private const int MostCleared = 50;

    public async Task<EvidenceView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = rollout.Id;
        var report = await ReportAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var run = await db
            .EvidenceCheckRuns.SingleOrDefaultAsync(row => row.RolloutId == rolloutId, cancellationToken)
            .ConfigureAwait(false);
        var open = await db
            .Findings.Where(row => row.RolloutId == rolloutId && row.ClearedAt == null)
            .OrderBy(row => row.DismissedAt != null)
            .ThenByDescending(row => row.Severity)
            .ThenBy(row => row.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var cleared = await db
            .Findings.Where(row => row.RolloutId == rolloutId && row.ClearedAt != null)
            .OrderByDescending(row => row.ClearedAt)
            .Take(MostCleared)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return new EvidenceView(
            now,
            run is null ? null : RunView(run, now),
            [.. open.Select(View)],
            [.. cleared.Select(View)],
            [.. EvidenceChecks.All.Select(check => check.Code)],
            report
        );
    }

    private static async Task<ReportView?> ReportAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var rolloutId = rollout.Id;
        var kept = await db
            .ComparisonReports.Where(row =>
                row.IsOfAttempt
                && row.RolloutId == rolloutId
                && row.Stage == rollout.Stage
                && row.Attempt == rollout.Attempt
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return kept is null
            ? null
            : new ReportView(kept.Id, kept.At, kept.Actor, kept.Hash, SavedComparisons.ReportOf(kept));
    }

    private static CheckRunView RunView(EvidenceCheckRun run, DateTimeOffset now) =>
        new(
            run.At,
            run.Stage,
            run.Attempt,
            run.UpToNumber,
            run.Iterations,
            run.Milliseconds,
            run.Fault,
            now - run.At > EvidenceCheckRun.Life
        );

    private static FindingView View(FindingRecord row) =>
        new(
            row.Id,
            row.Code,
            row.Subject,
            row.Severity,
            JsonSerializer.Deserialize<Dictionary<string, double>>(row.NumbersJson) ?? [],
            JsonSerializer.Deserialize<long[]>(row.IterationsJson) ?? [],
            row.IterationCount,
            row.Sentence,
            row.Remedy,
            row.FirstSeenAt,
            row.LastSeenAt,
            row.ClearedAt,
            row.DismissedAt,
            row.DismissedBy,
            row.DismissReason
        );
}
