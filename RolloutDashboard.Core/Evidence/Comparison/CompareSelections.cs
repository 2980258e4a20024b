using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>A comparison with what it was made from and its hash.</summary>
/// <param name="Json">Inputs, versions and figures; the hash is over it.</param>
public sealed record MadeComparison(ComparedInputs Inputs, ComparisonReport Report, string Json, string Hash);

/// <summary>Compares any two selections of iterations.</summary>
public sealed class CompareSelections(IDbContextFactory<RolloutDb> databases, ReadSelection readSelection)
{
    internal static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Compares what is there now.</summary>
    /// <exception cref="SelectionException">A side can't be read.</exception>
    public async Task<MadeComparison> ExecuteAsync(SetSelection first, SetSelection second, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        return await NowAsync(db, rollout, first, second, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a comparison would be made from now: while it stays the same, so does the comparison.</summary>
    public async Task<(int RolloutId, ComparedInputs Inputs)> InputsAsync(SetSelection first, SetSelection second, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        return (rollout.Id, await InputsAsync(db, rollout, first, second, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes a kept comparison again from what it was made from.</summary>
    /// <param name="progress">Gets the share that is done, in percent.</param>
    public async Task<MadeComparison> AgainAsync(ComparedInputs inputs, CancellationToken cancellationToken, IProgress<int>? progress = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        return await MakeAsync(db, rollout, inputs, progress, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<MadeComparison> NowAsync(RolloutDb db, Rollout rollout, SetSelection first, SetSelection second, CancellationToken cancellationToken) => await MakeAsync(
        db,
        rollout,
        await InputsAsync(db, rollout, first, second, cancellationToken).ConfigureAwait(false),
        progress: null,
        cancellationToken).ConfigureAwait(false);

    private static async Task<ComparedInputs> InputsAsync(RolloutDb db, Rollout rollout, SetSelection first, SetSelection second, CancellationToken cancellationToken) => new(
        first.ToString(), await SeenAsync(db, rollout, first, cancellationToken).ConfigureAwait(false), second.ToString(), await SeenAsync(db, rollout, second, cancellationToken).ConfigureAwait(false));

    private async Task<MadeComparison> MakeAsync(RolloutDb db, Rollout rollout, ComparedInputs inputs, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (one, zero) = (SetSelection.Parse(inputs.First) ?? new SetSelection(), SetSelection.Parse(inputs.Second) ?? new SetSelection());
        var share = progress is null ? null : new ReadShare(Math.Max(inputs.FirstSeen.UpTo, inputs.SecondSeen.UpTo), progress);

        // What is read is settled, since ended iterations never change: so each side by a connection of its own, at the same time.
        var reading = Task.Run(() => SideAsync(rollout, zero, inputs.SecondSeen, share, cancellationToken), cancellationToken);
        IReadOnlyList<CheckedIteration> left;
        try
        {
            left = await readSelection.ExecuteAsync(db, rollout, one, inputs.FirstSeen, cancellationToken, share).ConfigureAwait(false);
        }
        catch
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var right = await reading.ConfigureAwait(false);
        progress?.Report(ReadShare.Whole);
        var report = await Task.Run(() => CompareSets.Of(one.Words(), left, zero.Words(), right), cancellationToken).ConfigureAwait(false);
        var json = JsonSerializer.Serialize(new { inputs, report }, Options);
        return new MadeComparison(inputs, report, json, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }

    private async Task<IReadOnlyList<CheckedIteration>> SideAsync(Rollout rollout, SetSelection selection, SeenUpTo seen, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await readSelection.ExecuteAsync(db, rollout, selection, seen, cancellationToken, progress).ConfigureAwait(false);
    }

    private static Task<SeenUpTo> SeenAsync(RolloutDb db, Rollout rollout, SetSelection selection, CancellationToken cancellationToken) =>
        selection.ImportId is null ? ReadSelection.SeenAsync(db, rollout, selection.Environment, cancellationToken) : Task.FromResult(SeenUpTo.Nothing);

    // Reading is the longer part; the rest is one step.
    private sealed class ReadShare(long expected, IProgress<int> progress) : IProgress<int>
    {
        public const int Whole = 60;
        private long _read;

        public void Report(int value) => progress.Report((int)Math.Min(Whole, Interlocked.Add(ref _read, value) * Whole / Math.Max(1, expected)));
    }
}
