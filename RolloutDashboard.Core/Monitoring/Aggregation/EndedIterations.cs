using System.Runtime.CompilerServices;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Reads generated iterations one by one in the order of their end: grouping by strategy in the database costs
/// more.</summary>
internal static class EndedIterations
{
    // Small numbers travel in one column, since asking for a column costs more than adding to it: mode, status and
    // level, then whether it failed, then whether another mode stepped in, which counts as Level 0 of the assigned one
    // and brings it no metrics.
    private const int StatusUnit = 4;
    private const int LevelUnit = 64;
    private const int FailedUnit = 256;
    private const int FellBackUnit = 512;
    private const long LookupUnit = 1L << 32;

    /// <summary>From the index of figures alone.</summary>
    public static Task ForEachAsync(
        RolloutDb db,
        IQueryable<IterationRecord> ended,
        SharedTexts texts,
        Action<EndedIteration> visit,
        CancellationToken cancellationToken
    ) =>
        RawRows.ForEachAsync(
            db,
            ended.Select(row => new
            {
                row.EndedAt,
                Kinds = (int)row.AssignedMode
                    + (StatusUnit * (int)row.Status)
                    + (LevelUnit * (int)(row.Level ?? SuccessLevel.Failed))
                    + (row.EffectiveMode == null || row.EffectiveMode == row.AssignedMode ? 0 : FellBackUnit),
                row.TemplateName,
                row.Fingerprint,
                row.SharpeRatio,
                row.TotalReturn,
                Lookups = (LookupUnit * row.CacheLookups) + row.CacheHits,
                row.TotalMilliseconds,
            }),
            row => visit(Iteration(row, (int)row.Int64(1), texts)),
            cancellationToken
        );

    public static Task ForEachAsync(
        RolloutDb db,
        IQueryable<IterationRecord> ended,
        SharedTexts texts,
        Action<EndedIteration, EndedCall> visit,
        CancellationToken cancellationToken
    ) =>
        RawRows.ForEachAsync(
            db,
            ended.Select(row => new
            {
                row.EndedAt,
                Kinds = (int)row.AssignedMode
                    + (StatusUnit * (int)row.Status)
                    + (LevelUnit * (int)(row.Level ?? SuccessLevel.Failed))
                    + (row.FailureKind == null ? 0 : FailedUnit)
                    + (row.EffectiveMode == null || row.EffectiveMode == row.AssignedMode ? 0 : FellBackUnit),
                row.TemplateName,
                row.Fingerprint,
                row.SharpeRatio,
                row.TotalReturn,
                Lookups = (LookupUnit * row.CacheLookups) + row.CacheHits,
                row.TotalMilliseconds,
                row.ParametersJson,
                row.Provider,
                row.Model,
                row.CostUsd,
                row.InputTokens,
                row.OutputTokens,
                row.LlmMilliseconds,
                row.Number,
                row.FailureKind,
                row.FailureSignature,
            }),
            row => Visit(row, texts, visit),
            cancellationToken
        );

    /// <summary>Generated iterations of the choice that count in rates and ended in the period.</summary>
    public static IQueryable<IterationRecord> Of(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of
    )
    {
        var (from, to) = (period.Start, period.End);
        var ended = db.Iterations.Where(row =>
            row.RolloutId == rolloutId
            && row.Environment == environment
            && row.EndedAt >= from
            && row.EndedAt < to
            && row.Kind == IterationKind.Generated
            && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost)
        );
        ended = of.Stage is { } stage ? ended.Where(row => row.Stage == stage) : ended;
        return of.Attempt is { } attempt ? ended.Where(row => row.Attempt == attempt) : ended;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Visit(RawRow row, SharedTexts texts, Action<EndedIteration, EndedCall> visit)
    {
        var kinds = (int)row.Int64(1);
        visit(Iteration(row, kinds, texts), Call(row, kinds % FellBackUnit >= FailedUnit, texts));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static EndedIteration Iteration(RawRow row, int kinds, SharedTexts texts)
    {
        var lookups = row.Int64(6);
        var (mode, status) = ((GenerationMode)(kinds % StatusUnit), (IterationStatus)(kinds % LevelUnit / StatusUnit));
        return kinds >= FellBackUnit
            ? new EndedIteration(
                row.Int64(0),
                mode,
                status,
                SuccessLevel.Failed,
                SharedTexts.None,
                SharedTexts.None,
                null,
                null,
                (int)(lookups / LookupUnit),
                (int)(lookups % LookupUnit),
                row.Double(7)
            )
            : new EndedIteration(
                row.Int64(0),
                mode,
                status,
                (SuccessLevel)(kinds % FailedUnit / LevelUnit),
                texts.NumberOf(row, 2),
                texts.NumberOf(row, 3),
                row.DoubleOrNull(4),
                row.DoubleOrNull(5),
                (int)(lookups / LookupUnit),
                (int)(lookups % LookupUnit),
                row.Double(7)
            );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static EndedCall Call(RawRow row, bool failed, SharedTexts texts) =>
        new(
            texts.NumberOf(row, 8),
            texts.NumberOf(row, 9),
            texts.NumberOf(row, 10),
            row.DoubleOrNull(11),
            row.Int64OrNull(12),
            row.Int64OrNull(13),
            row.Double(14),
            failed ? row.Int64(15) : 0,
            failed ? texts.NumberOf(row, 16) : SharedTexts.None,
            failed ? texts.NumberOf(row, 17) : SharedTexts.None
        );
}
