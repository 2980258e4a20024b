using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Compares any two selections of iterations.</summary>
public sealed class CompareSelections(IDbContextFactory<RolloutDb> databases, ReadSelection readSelection)
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Compares what is there now.</summary>
    /// <param name="question">What is asked; null for what the two selections say.</param>
    /// <exception cref="SelectionException">A side can't be read.</exception>
    public async Task<ComparisonResult> ExecuteAsync(
        SetSelection first,
        SetSelection second,
        CancellationToken cancellationToken,
        ComparisonQuestion? question = null
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return await NowAsync(db, rollout, first, second, cancellationToken, question).ConfigureAwait(false);
    }

    /// <summary>What a comparison would be made from now: while it stays the same, so does the comparison.</summary>
    /// <exception cref="SelectionException">A side names a data set that is not there.</exception>
    public async Task<(int RolloutId, ComparedInputs Inputs)> InputsAsync(
        SetSelection first,
        SetSelection second,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return (
            rollout.Id,
            await InputsAsync(db, rollout, first, second, question: null, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Makes a kept comparison again from what it was made from.</summary>
    /// <param name="progress">Gets the share that is done, in percent.</param>
    public async Task<ComparisonResult> AgainAsync(
        ComparedInputs inputs,
        CancellationToken cancellationToken,
        IProgress<int>? progress = null
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return await MakeAsync(db, rollout, inputs, progress, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<ComparisonResult> NowAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection first,
        SetSelection second,
        CancellationToken cancellationToken,
        ComparisonQuestion? question = null
    ) =>
        await MakeAsync(
                db,
                rollout,
                await InputsAsync(db, rollout, first, second, question, cancellationToken).ConfigureAwait(false),
                progress: null,
                cancellationToken
            )
            .ConfigureAwait(false);

    private async Task<ComparedInputs> InputsAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection first,
        SetSelection second,
        ComparisonQuestion? question,
        CancellationToken cancellationToken
    )
    {
        await readSelection.RequireAsync(first, cancellationToken).ConfigureAwait(false);
        await readSelection.RequireAsync(second, cancellationToken).ConfigureAwait(false);
        var gates = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var terms = new ComparisonTerms(
            question ?? ComparisonTerms.QuestionOf(first, second),
            GateRatios.Of(gates),
            await DismissedAsync(db, rollout, first, cancellationToken).ConfigureAwait(false),
            await DismissedAsync(db, rollout, second, cancellationToken).ConfigureAwait(false)
        );
        return new ComparedInputs(
            first.ToString(),
            await SeenAsync(db, rollout, first, cancellationToken).ConfigureAwait(false),
            second.ToString(),
            await SeenAsync(db, rollout, second, cancellationToken).ConfigureAwait(false),
            terms
        );
    }

    // Findings are those of the current attempt, so a dismissal holds for its iterations and no others.
    private static async Task<IReadOnlyList<DismissedFinding>> DismissedAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection side,
        CancellationToken cancellationToken
    ) =>
        side is { ImportId: null, Environment: RolloutEnvironment.Production }
        && side.Stage == rollout.Stage
        && side.Attempt == rollout.Attempt
            ? await db
                .Findings.Where(row => row.RolloutId == rollout.Id && row.ClearedAt == null && row.DismissedAt != null)
                .OrderBy(row => row.Id)
                .Select(row => new DismissedFinding(row.Code, row.Subject, row.DismissedBy ?? ""))
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
            : [];

    private async Task<ComparisonResult> MakeAsync(
        RolloutDb db,
        Rollout rollout,
        ComparedInputs inputs,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        var (one, zero) = (SetSelection.Parse(inputs.First), SetSelection.Parse(inputs.Second));
        var share = progress is null
            ? null
            : new ReadShare(Math.Max(inputs.FirstSeen.UpTo, inputs.SecondSeen.UpTo), progress);

        // On the caller's thread throughout: whoever bounds this work by a thread must not find it on others.
        var left = await readSelection
            .ExecuteAsync(db, rollout, one, inputs.FirstSeen, cancellationToken, share)
            .ConfigureAwait(false);
        var right = await readSelection
            .ExecuteAsync(db, rollout, zero, inputs.SecondSeen, cancellationToken, share)
            .ConfigureAwait(false);
        progress?.Report(ReadShare.Whole);
        cancellationToken.ThrowIfCancellationRequested();
        var report = CompareSets.Of(
            new ComparedSet(one.Words(), left),
            new ComparedSet(zero.Words(), right),
            inputs.Terms ?? ComparisonTerms.AnySets
        );
        var json = JsonSerializer.Serialize(new { inputs, report }, Options);
        return new ComparisonResult(
            inputs,
            report,
            json,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))
        );
    }

    private static Task<SeenUpTo> SeenAsync(
        RolloutDb db,
        Rollout rollout,
        SetSelection selection,
        CancellationToken cancellationToken
    ) =>
        selection.ImportId is null
            ? ReadSelection.SeenAsync(db, rollout, selection.Environment, cancellationToken)
            : Task.FromResult(SeenUpTo.Nothing);

    // Reading is the longer part; the rest is one step.
    private sealed class ReadShare(long expected, IProgress<int> progress) : IProgress<int>
    {
        public const int Whole = 60;
        private long _read;

        public void Report(int value) =>
            progress.Report((int)Math.Min(Whole, Interlocked.Add(ref _read, value) * Whole / Math.Max(1, expected)));
    }
}
