using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>
/// Iterations before the current attempt that an alert's window still reaches: a promotion begins a new attempt, but
/// only a resume cuts the windows. Read once for each attempt, since ended iterations never change.
/// </summary>
public sealed class ReadLookbackWindow(DatabaseAvailability gate)
{
    private (int RolloutId, Stage Stage, int Attempt, long Opening, IReadOnlyList<EvidenceRow> Rows)? _known;

    /// <param name="attempt">Rows of the current attempt; where they fill the windows alone, nothing is read.</param>
    public async Task<IReadOnlyList<EvidenceRow>> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        IReadOnlyList<EvidenceRow> attempt,
        DateTimeOffset now,
        AlertThresholds thresholds,
        CancellationToken cancellationToken
    )
    {
        if (rollout.ResumedAt >= rollout.AttemptStartedAt || IsFull(attempt, rollout.AttemptStartedAt, now, thresholds))
        {
            return [];
        }

        var opening = gate.Openings;
        if (
            _known is { } known
            && (known.RolloutId, known.Stage, known.Attempt, known.Opening)
                == (rollout.Id, rollout.Stage, rollout.Attempt, opening)
        )
        {
            return known.Rows;
        }

        var rows = await ReadAsync(db, rollout, thresholds, cancellationToken).ConfigureAwait(false);
        _known = rows.Any(row => row.Status == IterationStatus.Running)
            ? null
            : (rollout.Id, rollout.Stage, rollout.Attempt, opening, rows);
        return rows;
    }

    private static bool IsFull(
        IReadOnlyList<EvidenceRow> attempt,
        DateTimeOffset began,
        DateTimeOffset now,
        AlertThresholds thresholds
    ) =>
        now - began >= thresholds.Window
        && attempt.Count(row => row.Counts && row.AssignedMode == GenerationMode.Json)
            >= Math.Max(thresholds.Latest, thresholds.WindowMinimum);

    private static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(
        RolloutDb db,
        Rollout rollout,
        AlertThresholds thresholds,
        CancellationToken cancellationToken
    )
    {
        var (stage, attempt, resumed, reach) = (
            rollout.Stage,
            rollout.Attempt,
            rollout.ResumedAt ?? rollout.CreatedAt,
            rollout.AttemptStartedAt - thresholds.Window
        );
        var lastBefore = await LastBeforeAsync(db, rollout, resumed, cancellationToken).ConfigureAwait(false);
        var before = ReadEvidenceRows
            .Production(db, rollout.Id)
            .Where(row => row.Number > lastBefore && !(row.Stage == stage && row.Attempt == attempt));
        var first = await FirstNumberAsync(before, reach, thresholds, cancellationToken).ConfigureAwait(false);
        if (first is not { } from)
        {
            return [];
        }

        var rows = await ReadEvidenceRows
            .Recorded(before.Where(row => row.Number >= from).OrderBy(row => row.Number))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return [.. rows.Select(row => row.Row)];
    }

    private static async Task<long?> FirstNumberAsync(
        IQueryable<IterationRecord> before,
        DateTimeOffset reach,
        AlertThresholds thresholds,
        CancellationToken cancellationToken
    )
    {
        var latest = await before
            .Where(row =>
                row.AssignedMode == GenerationMode.Json
                && row.Kind == IterationKind.Generated
                && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost)
            )
            .OrderByDescending(row => row.Number)
            .Select(row => row.Number)
            .Take(Math.Max(thresholds.Latest, thresholds.WindowMinimum))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        // Three small look-ups of numbers, then one range: a condition that joins them would walk the whole rollout.
        var inWindow = await before
            .Where(row => row.EndedAt > reach)
            .MinAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false);
        var running = await before
            .Where(row => row.Status == IterationStatus.Running)
            .MinAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false);
        return new[] { latest.Count == 0 ? null : (long?)latest[^1], inWindow, running }.Min();
    }

    // By the attempts, whose beginnings move with a correction of the clock as the resume's does; the iterations' own
    // times stay.
    private static async Task<long> LastBeforeAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset resumed,
        CancellationToken cancellationToken
    )
    {
        var earlier = await db
            .StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.StartedAt < resumed)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var last = 0L;
        foreach (var visit in earlier.Where(visit => (visit.Stage, visit.Attempt) != (rollout.Stage, rollout.Attempt)))
        {
            var highest = await ReadEvidenceRows
                .Production(db, rollout.Id)
                .Where(row => row.Stage == visit.Stage && row.Attempt == visit.Attempt)
                .MaxAsync(row => (long?)row.Number, cancellationToken)
                .ConfigureAwait(false);
            last = Math.Max(last, highest ?? 0);
        }

        return last;
    }
}
