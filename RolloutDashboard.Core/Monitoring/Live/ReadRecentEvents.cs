using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Reads what happened last: what generated programs and answers did wrong stands beside what the system
/// reports, newest first.</summary>
internal static class ReadRecentEvents
{
    public static async Task<IReadOnlyList<EventEntry>> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        int length,
        CancellationToken cancellationToken
    )
    {
        var events = await db
            .Events.Where(entry => entry.RolloutId == rollout.Id)
            .OrderByDescending(entry => entry.Id)
            .Take(length)
            .Select(entry => new EventEntry(
                entry.Id,
                entry.At,
                entry.Severity,
                entry.Source,
                entry.Text,
                entry.IterationNumber
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var failures = await FailuresAsync(db, rollout, length, cancellationToken).ConfigureAwait(false);

        // Failing strategies are many; they must not push out that a provider went down an hour ago.
        var kept = events.Where(entry => entry.At > now - TimeSpan.FromHours(24)).Take(length / 2).ToList();
        var others = events
            .Except(kept)
            .Concat(failures)
            .OrderByDescending(entry => entry.At)
            .Take(length - kept.Count);
        return [.. kept.Concat(others).OrderByDescending(entry => entry.At)];
    }

    private static async Task<IEnumerable<EventEntry>> FailuresAsync(
        RolloutDb db,
        Rollout rollout,
        int length,
        CancellationToken cancellationToken
    )
    {
        var failures = await db
            .Iterations.Where(row =>
                row.RolloutId == rollout.Id
                && row.Environment == RolloutEnvironment.Production
                && row.EndedAt != null
                && row.FailureKind != null
            )
            .OrderByDescending(row => row.EndedAt)
            .Take(length)
            .Select(row => new
            {
                row.Id,
                row.EndedAt,
                row.AssignedMode,
                row.FailureKind,
                row.FailureMessage,
                row.Number,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return failures.Select(row => new EventEntry(
            -row.Id,
            row.EndedAt!.Value,
            AlertSeverity.Warning,
            row.AssignedMode == GenerationMode.Json ? "JSON" : "Full code",
            $"{row.FailureKind}: {FirstLine(row.FailureMessage)}",
            row.Number
        ));
    }

    private static string FirstLine(string? text) => text is null ? "" : text.Split('\n', 2)[0].Trim();
}
