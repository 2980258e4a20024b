using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>Reads the iterations of a selection, live or imported.</summary>
public sealed class ReadSelection(IImportedHistories imported)
{
    /// <summary>Most iterations of one side.</summary>
    public const int MostIterations = 200_000;

    /// <summary>What is there now in an environment of the live rollout.</summary>
    public static async Task<SeenUpTo> SeenAsync(
        RolloutDb db,
        Rollout rollout,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var own = db.Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == environment);
        // By the small index of what runs; with a rollout in the condition SQLite walks through all its iterations.
        var running = await db
            .Iterations.Where(row => row.Status == IterationStatus.Running)
            .Select(row => new
            {
                row.RolloutId,
                row.Environment,
                row.Number,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return new SeenUpTo(
            await own.MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false) ?? 0,
            [
                .. running
                    .Where(row => row.RolloutId == rollout.Id && row.Environment == environment)
                    .Select(row => row.Number)
                    .Order(),
            ]
        );
    }

    /// <summary>Makes sure that a selection's data set is there.</summary>
    /// <exception cref="SelectionException">It is not; the message names those that are.</exception>
    public Task RequireAsync(SetSelection selection, CancellationToken cancellationToken) =>
        selection.ImportId is { } import
            ? KnownImports.RequireAsync(imported, import, cancellationToken)
            : Task.CompletedTask;

    /// <param name="progress">Told how many more live iterations were read, now and then.</param>
    /// <exception cref="SelectionException">There is no such run, or the side is too large.</exception>
    public async Task<IReadOnlyList<CheckedIteration>> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection selection,
        SeenUpTo seen,
        CancellationToken cancellationToken,
        IProgress<int>? progress = null
    )
    {
        var read = selection.ImportId is { } import
            ? await imported
                .ReadAsync(import, selection.Run, MostIterations + 1, cancellationToken)
                .ConfigureAwait(false)
            : await LiveAsync(db, rollout, selection, seen, progress, cancellationToken).ConfigureAwait(false);
        if (read.Count == 0 && selection is { ImportId: { } set, Run: { } run })
        {
            throw new SelectionException(
                SelectionFault.Unknown,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Data set {set} holds no record of run {run}; leave the run out to take them all."
                )
            );
        }

        if (read.Count > MostIterations)
        {
            throw new SelectionException(
                SelectionFault.TooLarge,
                $"{selection.Words()}: more than {MostIterations} iterations; choose a shorter period, a stage or a mode."
            );
        }

        return read.All(one => Fits(one, selection)) ? read : [.. read.Where(one => Fits(one, selection))];
    }

    private static async Task<IReadOnlyList<CheckedIteration>> LiveAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection selection,
        SeenUpTo seen,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        var (upTo, running) = (seen.UpTo, seen.Running.ToArray());
        var query = db.Iterations.Where(row =>
            row.RolloutId == rollout.Id
            && row.Environment == selection.Environment
            && row.Number <= upTo
            && !running.Contains(row.Number)
        );
        var read = await ReadEvidenceSet
            .OfAsync(
                db,
                rollout,
                Narrowed(query, selection),
                cancellationToken,
                selection.Environment,
                MostIterations + 1,
                progress
            )
            .ConfigureAwait(false);

        // Asked for by what made them, a fallback's strategies are the results of the mode that stepped in.
        return selection.ByEffectiveMode
            ?
            [
                .. read.Select(one =>
                    one.FellBack ? one with { AssignedMode = one.EffectiveMode!.Value, FallbackRecorded = false } : one
                ),
            ]
            : read;
    }

    private static IQueryable<IterationRecord> Narrowed(IQueryable<IterationRecord> query, SetSelection selection)
    {
        query = selection.Stage is { } stage ? query.Where(row => row.Stage == stage) : query;
        query = selection.Attempt is { } attempt ? query.Where(row => row.Attempt == attempt) : query;
        query = selection.From is { } from ? query.Where(row => row.EndedAt >= from) : query;
        query = selection.To is { } to ? query.Where(row => row.EndedAt < to) : query;
        query = selection.Provider is { } provider ? query.Where(row => row.Provider == provider) : query;
        query = selection.Model is { } model ? query.Where(row => row.Model == model) : query;
        query = selection.Template is { } template ? query.Where(row => row.TemplateName == template) : query;
        return (selection.Mode, selection.ByEffectiveMode) switch
        {
            ({ } mode, true) => query.Where(row => row.EffectiveMode == mode),
            ({ } mode, false) => query.Where(row => row.AssignedMode == mode),
            _ => query,
        };
    }

    // The database has said most of it already; an imported set has not been asked anything.
    private static bool Fits(CheckedIteration one, SetSelection selection)
    {
        if (!one.Counts || (selection.Segment is { } segment && one.Segment != segment))
        {
            return false;
        }

        if (selection.ImportId is null)
        {
            return true;
        }

        var mode =
            selection.ByEffectiveMode ? one.ContentMode ?? one.EffectiveMode
            : one.ArmUndeclared ? null
            : one.AssignedMode;
        return (selection.Mode is null || mode == selection.Mode)
            && (selection.From is null || one.StartedAt >= selection.From)
            && (selection.To is null || one.StartedAt < selection.To)
            && (selection.Template is null || one.TemplateName == selection.Template)
            && selection.Provider is null
            && selection.Model is null
            && selection.Stage is null
            && selection.Attempt is null;
    }
}
