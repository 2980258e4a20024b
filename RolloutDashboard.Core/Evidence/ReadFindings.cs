using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>A finding as the page shows it.</summary>
/// <param name="Iterations">The first of the iterations it rests on.</param>
public sealed record FindingView(
    long Id,
    string Code,
    string Subject,
    FindingSeverity Severity,
    IReadOnlyDictionary<string, double> Numbers,
    IReadOnlyList<long> Iterations,
    int IterationCount,
    string Sentence,
    string Remedy,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? ClearedAt,
    DateTimeOffset? DismissedAt,
    string? DismissedBy,
    string? DismissReason)
{
    /// <summary>Whether it keeps the gate shut.</summary>
    public bool Blocks => Severity == FindingSeverity.Blocking && ClearedAt is null && DismissedAt is null;
}

/// <summary>The latest run of the checks.</summary>
public sealed record CheckRunView(DateTimeOffset At, Stage Stage, int Attempt, long UpToNumber, int Iterations, double Milliseconds, string? Fault, bool IsOld);

/// <summary>What the evidence page shows.</summary>
/// <param name="Run">Null when the checks have never run.</param>
/// <param name="Open">Heaviest first, dismissed ones last.</param>
/// <param name="Cleared">Latest first; at most 50.</param>
/// <param name="Checks">Codes of all checks.</param>
/// <param name="Report">Latest comparison of the current attempt's arms; null if there is none.</param>
public sealed record EvidenceView(DateTimeOffset At, CheckRunView? Run, IReadOnlyList<FindingView> Open, IReadOnlyList<FindingView> Cleared, IReadOnlyList<string> Checks, ReportView? Report = null);

/// <summary>A kept comparison.</summary>
/// <param name="Report">Null for one that an older version kept as text alone.</param>
public sealed record ReportView(long Id, DateTimeOffset At, string Actor, string Hash, ComparisonReport? Report);

/// <summary>Reads findings for pages.</summary>
public interface IEvidenceQueries
{
    Task<EvidenceView> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Reads the findings of the latest rollout.</summary>
public sealed class ReadFindings(IDbContextFactory<RolloutDb> databases, TimeProvider clock) : IEvidenceQueries
{
    private const int MostCleared = 50;

    public async Task<EvidenceView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = rollout.Id;
        var kept = await db.ComparisonReports.Where(row => row.IsOfAttempt && row.RolloutId == rolloutId && row.Stage == rollout.Stage && row.Attempt == rollout.Attempt)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var report = kept is null ? null : new ReportView(kept.Id, kept.At, kept.Actor, kept.Hash, KeepComparison.ReportOf(kept));
        var run = await db.EvidenceCheckRuns.SingleOrDefaultAsync(row => row.RolloutId == rolloutId, cancellationToken).ConfigureAwait(false);
        var open = await db.Findings.Where(row => row.RolloutId == rolloutId && row.ClearedAt == null)
            .OrderBy(row => row.DismissedAt != null).ThenByDescending(row => row.Severity).ThenBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var cleared = await db.Findings.Where(row => row.RolloutId == rolloutId && row.ClearedAt != null)
            .OrderByDescending(row => row.ClearedAt).Take(MostCleared).ToListAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return new EvidenceView(
            now,
            run is null ? null : new CheckRunView(run.At, run.Stage, run.Attempt, run.UpToNumber, run.Iterations, run.Milliseconds, run.Fault, now - run.At > EvidenceCheckRun.Life),
            [.. open.Select(View)],
            [.. cleared.Select(View)],
            [.. EvidenceChecks.All.Select(check => check.Code)],
            report);
    }

    private static FindingView View(FindingRecord row) => new(
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
        row.DismissReason);
}
