using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>Findings between one run of the checks and the next: a record lasts as long as runs in a row find
/// it.</summary>
internal static class StoredFindings
{
    private const int ListedIterations = 500;

    /// <returns>Whether a finding appeared, cleared or changed its weight or words.</returns>
    public static async Task<bool> StoreAsync(
        RolloutDb db,
        int rolloutId,
        IReadOnlyList<CheckOutcome> outcomes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Findings.AsTracking()
            .Where(row => row.RolloutId == rolloutId && row.ClearedAt == null)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var changed = false;
        foreach (var outcome in outcomes.Where(outcome => outcome.Fault is null))
        {
            foreach (var finding in outcome.Findings)
            {
                changed |= Keep(db, rolloutId, open, finding, now);
            }
        }

        changed |= Clear(open, outcomes, now);
        return changed;
    }

    /// <returns>Whether it is new, or has another weight or other words than before.</returns>
    private static bool Keep(RolloutDb db, int rolloutId, List<FindingRecord> open, Finding finding, DateTimeOffset now)
    {
        var row = open.FirstOrDefault(known =>
            known.Code == finding.Code && known.Subject == finding.Subject && known.ClearedAt is null
        );
        if (row is { DismissedAt: not null } && finding.Severity > row.Severity)
        {
            // Somebody accepted something lighter than this.
            row.ClearedAt = now;
            row = null;
        }

        var changed = row is null;
        if (row is null)
        {
            row = New(rolloutId, finding, now);
            db.Findings.Add(row);
        }

        changed |= row.Sentence != finding.Sentence || row.Severity != finding.Severity;
        Fill(row, finding, now);
        return changed;
    }

    /// <returns>Whether any was cleared.</returns>
    private static bool Clear(List<FindingRecord> open, IReadOnlyList<CheckOutcome> outcomes, DateTimeOffset now)
    {
        // A check that failed this time clears nothing, since nobody knows.
        var faulty = outcomes
            .Where(outcome => outcome.Fault is not null)
            .Select(outcome => outcome.Code)
            .ToHashSet(StringComparer.Ordinal);
        var changed = false;
        foreach (
            var gone in open.Where(row => row.ClearedAt is null && row.LastSeenAt != now && !faulty.Contains(row.Code))
        )
        {
            gone.ClearedAt = now;
            changed = true;
        }

        return changed;
    }

    private static FindingRecord New(int rolloutId, Finding finding, DateTimeOffset now) =>
        new()
        {
            RolloutId = rolloutId,
            Code = finding.Code,
            Subject = finding.Subject,
            NumbersJson = "{}",
            IterationsJson = "[]",
            Sentence = finding.Sentence,
            Remedy = finding.Remedy,
            FirstSeenAt = now,
        };

    private static void Fill(FindingRecord row, Finding finding, DateTimeOffset now)
    {
        row.Severity = finding.Severity;
        row.NumbersJson = JsonSerializer.Serialize(
            finding.Numbers.Where(number => double.IsFinite(number.Value)).ToDictionary()
        );
        row.IterationsJson = JsonSerializer.Serialize(finding.Iterations.Take(ListedIterations));
        row.IterationCount = finding.Iterations.Count;
        row.Sentence = finding.Sentence;
        row.Remedy = finding.Remedy;
        row.LastSeenAt = now;
    }
}
