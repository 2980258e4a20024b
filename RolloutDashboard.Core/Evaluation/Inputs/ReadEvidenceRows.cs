using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Reads the iterations of a stage as judgement sees them, live and in a replay.</summary>
public static class ReadEvidenceRows
{
    /// <summary>Production iterations of all attempts at a stage, in order of their number.</summary>
    public static async Task<IReadOnlyList<AttemptRow>> OfStageAsync(
        RolloutDb db,
        int rolloutId,
        Stage stage,
        CancellationToken cancellationToken
    )
    {
        var known = new KnownOfRows(
            new SharedTexts(),
            await SharesAsync(db, rolloutId, cancellationToken).ConfigureAwait(false),
            await ReadLineages.AfterAsync(db, 0, cancellationToken).ConfigureAwait(false)
        );
        // By attempt, then number, is by number, and in the order of the stage's index; by number alone SQLite walks
        // all stages.
        var ordered = Production(db, rolloutId)
            .Where(row => row.Stage == stage)
            .OrderBy(row => row.Attempt)
            .ThenBy(row => row.Number);
        var read = new List<AttemptRow>();
        await RawRows
            .ForEachAsync(db, Columns(ordered), row => read.Add(Attempted(row, known)), cancellationToken)
            .ConfigureAwait(false);
        return read;
    }

    internal static IQueryable<IterationRecord> Production(RolloutDb db, int rolloutId) =>
        db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == RolloutEnvironment.Production);

    /// <summary>The rows as judgement sees them, still without the configured share and the lineage.</summary>
    internal static IQueryable<RecordedRow> Recorded(IQueryable<IterationRecord> rows) =>
        rows.Select(row => new RecordedRow(
            row.Stage,
            row.Attempt,
            row.ConfigurationNumber,
            row.LineageId,
            new EvidenceRow
            {
                Number = row.Number,
                Source = row.Source,
                AssignedMode = row.AssignedMode,
                EffectiveMode = row.EffectiveMode,
                Kind = row.Kind,
                Status = row.Status,
                Level = row.Level,
                SharpeRatio = row.SharpeRatio,
                TotalReturn = row.TotalReturn,
                Fingerprint = row.Fingerprint,
                CacheLookups = row.CacheLookups,
                CacheHits = row.CacheHits,
                StartedAt = row.ClaimedAt,
                EndedAt = row.EndedAt,
                SegmentKey = row.Segment,
                ConfigurationNumber = row.ConfigurationNumber,
                Cancellation = row.Cancellation,
                LineagePosition = row.LineagePosition ?? 0,
            }
        ));

    /// <summary>By configuration the share that its iterations were assigned under; 0 while JSON was off.</summary>
    internal static async Task<Dictionary<int, double?>> SharesAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    )
    {
        var versions = await db
            .ConfigurationVersions.Where(version => version.RolloutId == rolloutId)
            .Select(version => new { version.Number, version.ValuesJson })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return versions.ToDictionary(
            version => version.Number,
            version => ShareOf(StageConfiguration.FromJson(version.ValuesJson))
        );
    }

    // In the order in which a row's columns are counted below.
    private static IQueryable<object> Columns(IQueryable<IterationRecord> rows) =>
        rows.Select(row => new
        {
            row.Attempt,
            row.ConfigurationNumber,
            row.Number,
            row.Source,
            row.AssignedMode,
            row.EffectiveMode,
            row.Kind,
            row.Status,
            row.Level,
            row.SharpeRatio,
            row.TotalReturn,
            row.CacheLookups,
            row.CacheHits,
            row.ClaimedAt,
            row.EndedAt,
            row.Fingerprint,
            row.Segment,
            row.Cancellation,
            row.LineageId,
            row.LineagePosition,
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static AttemptRow Attempted(RawRow row, KnownOfRows known) =>
        new(
            (int)row.Int64(0),
            new EvidenceRow
            {
                Number = row.Int64(2),
                Source = (RequestSource)row.Int64(3),
                AssignedMode = (GenerationMode)row.Int64(4),
                EffectiveMode = (GenerationMode?)row.Int64OrNull(5),
                Kind = (IterationKind)row.Int64(6),
                Status = (IterationStatus)row.Int64(7),
                Level = (SuccessLevel?)row.Int64OrNull(8),
                SharpeRatio = row.DoubleOrNull(9),
                TotalReturn = row.DoubleOrNull(10),
                CacheLookups = (int)row.Int64(11),
                CacheHits = (int)row.Int64(12),
                StartedAt = new DateTimeOffset(row.Int64(13), TimeSpan.Zero),
                EndedAt = row.Int64OrNull(14) is { } ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null,
                Fingerprint = known.Texts.TextOf(known.Texts.NumberOf(row, 15)),
                SegmentKey = known.Texts.TextOf(known.Texts.NumberOf(row, 16))!,
                ConfigurationNumber = (int)row.Int64(1),
                Cancellation = (CancellationReason?)row.Int64OrNull(17),
                ConfiguredShare = known.Shares.GetValueOrDefault((int)row.Int64(1)),
                Lineage = row.Int64OrNull(18) is { } lineage ? known.Lineages.GetValueOrDefault(lineage) : null,
                LineagePosition = (int)(row.Int64OrNull(19) ?? 0),
            }
        );

    // What is not in a row and needed for each.
    private sealed record KnownOfRows(
        SharedTexts Texts,
        Dictionary<int, double?> Shares,
        Dictionary<long, EvidenceLineage> Lineages
    );

    /// <summary>The share of JSON that a configuration asks for; null where the source decides.</summary>
    internal static double? ShareOf(StageConfiguration configuration) =>
        configuration is { JsonModeEnabled: true, UseJsonMode: true } ? configuration.JsonModeProbability : 0;
}
