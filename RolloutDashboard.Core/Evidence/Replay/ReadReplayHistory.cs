using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>Reads the history of the live rollout, or an imported one, for a replay.</summary>
public sealed class ReadReplayHistory(IDbContextFactory<RolloutDb> databases, IImportedHistories imported)
{
    /// <summary>Most iterations of an imported history that are replayed.</summary>
    public const int MostIterations = 200_000;

    private static readonly DateTimeOffset MadeUpStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Production iterations of the current rollout with what monitoring knew.</summary>
    public async Task<ReplayHistory> OfRolloutAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<ReplayRow>();
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var read = await ReadEvidenceRows
                .OfStageAsync(db, rollout.Id, stage, cancellationToken)
                .ConfigureAwait(false);
            rows.AddRange(
                read.Where(row => row.Row.EndedAt is not null)
                    .Select(row => new ReplayRow(row.Row, row.Row.EndedAt!.Value, stage, row.Attempt))
            );
        }

        var judgements = await db
            .Judgements.Where(row => row.RolloutId == rollout.Id)
            .OrderBy(row => row.Id)
            .Select(row => new { row.At, row.InputsJson })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return new ReplayHistory
        {
            Rows = [.. rows.OrderBy(row => row.At).ThenBy(row => row.Row.Number)],
            Facts =
            [
                .. judgements.Select(row => new ReplayFacts(
                    row.At,
                    JsonSerializer.Deserialize<RolloutEvaluation>(row.InputsJson, GateInputSnapshot.Json)!
                )),
            ],
        };
    }

    /// <summary>An imported history, which begins in a stage that is to be named.</summary>
    /// <exception cref="SelectionException">There is no such data set or run, or it is too large.</exception>
    public async Task<ReplayHistory> OfImportAsync(
        int id,
        int? run,
        Stage firstStage,
        CancellationToken cancellationToken
    )
    {
        await KnownImports.RequireAsync(imported, id, cancellationToken).ConfigureAwait(false);
        var read = await imported.ReadAsync(id, run, MostIterations + 1, cancellationToken).ConfigureAwait(false);
        return (read.Count, run) switch
        {
            (0, { } number) => throw new SelectionException(
                SelectionFault.Unknown,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Data set {id} holds no record of run {number}; leave the run out to take them all."
                )
            ),
            (> MostIterations, _) => throw new SelectionException(
                SelectionFault.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Data set {id} holds more than {MostIterations} records; name one of its runs."
                )
            ),
            _ => Of(read, firstStage),
        };
    }

    /// <summary>A history from records alone; where one has no time that can be reckoned with, all get made-up ones, a
    /// minute apart.</summary>
    public static ReplayHistory Of(IReadOnlyList<CheckedIteration> read, Stage firstStage)
    {
        if (!Enum.IsDefined(firstStage))
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstStage),
                firstStage,
                "A history begins in one of the stages 3.1 to 3.4."
            );
        }

        var hasTimes = read.Count > 0 && read.All(one => one.StartedAt is { } at && HistoryTime.IsUsable(at));
        return new ReplayHistory
        {
            FirstStage = firstStage,
            HasTimes = hasTimes,
            Rows = [.. read.Select((one, index) => Row(one, index, hasTimes))],
        };
    }

    private static ReplayRow Row(CheckedIteration one, int index, bool hasTimes)
    {
        var at = hasTimes
            ? HistoryTime.Add(one.StartedAt, one.Duration) ?? one.StartedAt!.Value
            : MadeUpStart.AddMinutes(index);

        // Nobody said which arm it belongs to, so no gate and no rule may judge an arm by it.
        var kind = one is { ArmUndeclared: true, Kind: IterationKind.Generated } ? IterationKind.Unknown : one.Kind;
        return new ReplayRow(
            CheckedRows.Of(one) with
            {
                Kind = kind,
                StartedAt = hasTimes ? one.StartedAt!.Value : at,
                EndedAt = at,
            },
            at,
            Checked: one
        );
    }
}
