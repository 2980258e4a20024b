using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>
/// Reads the iterations of the current stage once and then only what is new: numbers not seen yet, and those seen
/// running. An ended iteration never changes, except by a restore, which exchanges the whole database; then everything
/// is read again.
/// </summary>
/// <remarks>Not for use inside a transaction that has changed iterations: what it reads is kept, also if that is
/// undone.</remarks>
public sealed class ReadStageEvidence(DatabaseAvailability gate) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private StageEvidenceCache? _memory;

    public async Task<StageEvidence> ExecuteAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var opening = gate.Openings;
            var memory =
                _memory is { } known && known.IsOf(rollout, opening)
                    ? await RenewAsync(db, rollout, known, cancellationToken).ConfigureAwait(false)
                    : await ReadAllAsync(db, rollout, opening, cancellationToken).ConfigureAwait(false);
            _memory = memory;
            return memory.Rows(rollout.Attempt);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<StageEvidenceCache> ReadAllAsync(
        RolloutDb db,
        Rollout rollout,
        long opening,
        CancellationToken cancellationToken
    )
    {
        var own = ReadEvidenceRows.Production(db, rollout.Id);

        // The highest number before the rows, so that none which comes in between is taken for seen.
        var highest = await own.MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false) ?? 0;
        var rows = await ReadEvidenceRows
            .Recorded(
                own.Where(row => row.Stage == rollout.Stage).OrderBy(row => row.Attempt).ThenBy(row => row.Number)
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var memory = new StageEvidenceCache(rollout.Id, rollout.Stage, opening);

        // After the rows, so that none of theirs is missing.
        memory.Take(await ReadLineages.AfterAsync(db, 0, cancellationToken).ConfigureAwait(false));
        memory.Take(
            rows,
            highest,
            await ReadEvidenceRows.SharesAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
        );
        return memory;
    }

    private static async Task<StageEvidenceCache> RenewAsync(
        RolloutDb db,
        Rollout rollout,
        StageEvidenceCache memory,
        CancellationToken cancellationToken
    )
    {
        // By number alone: with the stage in the condition SQLite takes the stage's index and walks all of it.
        var seen = memory.Highest;
        var rows = await ReadEvidenceRows
            .Recorded(
                ReadEvidenceRows.Production(db, rollout.Id).Where(row => row.Number > seen).OrderBy(row => row.Number)
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var highest = rows.Count == 0 ? seen : rows[^1].Row.Number;
        var running = memory.Running.ToArray();
        if (running.Length > 0)
        {
            rows.AddRange(
                await ReadEvidenceRows
                    .Recorded(ReadEvidenceRows.Production(db, rollout.Id).Where(row => running.Contains(row.Number)))
                    .ToListAsync(cancellationToken)
                    .ConfigureAwait(false)
            );
        }

        rows.RemoveAll(row => row.Stage != rollout.Stage);
        var shares = memory.Knows(rows)
            ? null
            : await ReadEvidenceRows.SharesAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        await LearnLineagesAsync(db, rows, memory, cancellationToken).ConfigureAwait(false);
        memory.Take(rows, highest, shares);
        return memory;
    }

    private static async Task LearnLineagesAsync(
        RolloutDb db,
        IReadOnlyList<RecordedRow> rows,
        StageEvidenceCache memory,
        CancellationToken cancellationToken
    )
    {
        if (!memory.KnowsLineages(rows))
        {
            memory.Take(
                await ReadLineages.AfterAsync(db, memory.HighestLineage, cancellationToken).ConfigureAwait(false)
            );
        }
    }
}
