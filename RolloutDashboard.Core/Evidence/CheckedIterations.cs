using System.Runtime.CompilerServices;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence;

/// <summary>Reads live iterations as the checks see them, column by column: a comparison reads all there are.</summary>
internal static class CheckedIterations
{
    private const int TellEvery = 4096;
    private static readonly GenerationMode[] OnlyJson = [GenerationMode.Json];
    private static readonly GenerationMode[] OnlyFullCode = [GenerationMode.FullCode];

    /// <param name="versions">Configurations by their number.</param>
    /// <param name="championModes">Modes of champions by the number of their iteration.</param>
    /// <param name="progress">Told how many more were read, now and then.</param>
    public static async Task<IReadOnlyList<CheckedIteration>> OfAsync(
        RolloutDb db,
        IQueryable<IterationRecord> query,
        int most,
        IReadOnlyDictionary<int, StageConfiguration> versions,
        IReadOnlyDictionary<long, GenerationMode> championModes,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        var lineages = await ReadLineages.AfterAsync(db, 0, cancellationToken).ConfigureAwait(false);
        var read = new List<CheckedIteration>();
        var known = new KnownOfRows(new SharedTexts(), versions, championModes, lineages, read);
        var ordered = query.OrderBy(row => row.Number);
        await RawRows
            .ForEachAsync(
                db,
                Columns(most == int.MaxValue ? ordered : ordered.Take(most)),
                row =>
                {
                    read.Add(InLineage(Iteration(row, known), row, known));
                    if (read.Count % TellEvery == 0)
                    {
                        progress?.Report(TellEvery);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return read;
    }

    // Iteration reads them by their places here.
    private static IQueryable<object> Columns(IQueryable<IterationRecord> rows) =>
        rows.Select(row => new
        {
            row.Number,
            row.AssignedMode,
            row.EffectiveMode,
            row.Kind,
            row.Status,
            row.Level,
            row.Stage,
            row.ConfigurationNumber,
            row.Attempts,
            row.EchoesPrompt,
            row.ShownChampion,
            row.ClaimedAt,
            row.EndedAt,
            row.SharpeRatio,
            row.TotalReturn,
            row.MaxDrawdown,
            row.CostUsd,
            HasParameters = row.ParametersJson != null,
            HasFailed = row.FailureKind != null,
            row.Fingerprint,
            row.TemplateName,
            row.FailureSignature,
            row.MetricBasis,
            row.MarketDataVersion,
            row.EngineVersion,
            row.Segment,
            row.AssignmentRule,
            row.Cancellation,
            row.LineageId,
            row.LineagePosition,
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CheckedIteration Iteration(RawRow row, KnownOfRows known)
    {
        var texts = known.Texts;
        var (assigned, effective) = ((GenerationMode)row.Int64(1), (GenerationMode?)row.Int64OrNull(2));
        var status = (IterationStatus)row.Int64(4);
        var configuration = known.Versions.GetValueOrDefault((int)row.Int64(7));
        var startedAt = new DateTimeOffset(row.Int64(11), TimeSpan.Zero);
        var fingerprint = texts.TextOf(texts.NumberOf(row, 19));
        return new CheckedIteration
        {
            Number = row.Int64(0),
            AssignedMode = assigned,
            EffectiveMode = effective,
            ContentMode = ContentMode(row, fingerprint),
            FallbackRecorded = RecordsFallback(row, assigned, effective, configuration),
            Kind = (IterationKind)row.Int64(3),
            Status = status,
            Cancellation = (CancellationReason?)row.Int64OrNull(27),
            Level = (SuccessLevel?)row.Int64OrNull(5),
            Executed = status == IterationStatus.Finished ? row.Int64(18) == 0 : null,
            SharpeRatio = row.DoubleOrNull(13),
            TotalReturn = row.DoubleOrNull(14),
            MaxDrawdown = row.DoubleOrNull(15),
            Fingerprint = fingerprint,
            TemplateName = texts.TextOf(texts.NumberOf(row, 20)),
            EchoesPrompt = row.Int64(9) != 0,
            ErrorSignature = texts.TextOf(texts.NumberOf(row, 21)),
            MetricBasis = texts.TextOf(texts.NumberOf(row, 22)),
            MarketDataVersion = texts.TextOf(texts.NumberOf(row, 23)),
            EngineVersion = texts.TextOf(texts.NumberOf(row, 24)),
            ConfiguredShare = ConfiguredShare(row, configuration),
            Segment = texts.TextOf(texts.NumberOf(row, 25))!,
            StartedAt = startedAt,
            Duration = Duration(row, startedAt),
            Stage = ((Stage)row.Int64(6)).Number(),
            CostUsd = row.DoubleOrNull(16),
        };
    }

    // Where it stands, and what it was shown of others.
    private static CheckedIteration InLineage(CheckedIteration one, RawRow row, KnownOfRows known)
    {
        var lineage = row.Int64OrNull(28) is { } id ? known.Lineages.GetValueOrDefault(id) : null;
        var shown = Shown(row, known);
        return one with
        {
            Lineage = lineage,
            LineagePosition = (int)(row.Int64OrNull(29) ?? 0),
            ShownArms = ShownArms(row, shown, known.ChampionModes),
            ShownOtherLineage =
                lineage is { PlannedLength: > 0 } && shown?.Lineage is { } other && other.Id != lineage.Id,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GenerationMode? ContentMode(RawRow row, string? fingerprint) =>
        fingerprint is null ? null
        : row.Int64(17) == 0 ? GenerationMode.FullCode
        : GenerationMode.Json;

    // Two attempts at least: one in the mode that failed, one in the mode that stepped in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool RecordsFallback(
        RawRow row,
        GenerationMode assigned,
        GenerationMode? effective,
        StageConfiguration? configuration
    ) =>
        effective is { } made
        && made != assigned
        && row.Int64(8) > 1
        && configuration is not null
        && (assigned == GenerationMode.Json ? configuration.FallbackToFullCode : configuration.PreferJsonMode);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double? ConfiguredShare(RawRow row, StageConfiguration? configuration) =>
        (AssignmentRule)row.Int64(26) == AssignmentRule.Share ? configuration?.JsonModeProbability : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TimeSpan? Duration(RawRow row, DateTimeOffset startedAt) =>
        row.Int64OrNull(12) is { } ended ? TimeSpan.FromTicks(ended - startedAt.Ticks) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GenerationMode[] ShownArms(
        RawRow row,
        CheckedIteration? shown,
        IReadOnlyDictionary<long, GenerationMode> championModes
    ) =>
        row.Int64OrNull(10) is not { } number
            ? []
            : (championModes.TryGetValue(number, out var mode) ? mode : shown?.EffectiveMode) switch
            {
                GenerationMode.Json => OnlyJson,
                GenerationMode.FullCode => OnlyFullCode,
                _ => [],
            };

    // What a prompt shows came before it, so it is read already where it is asked for at all.
    private static CheckedIteration? Shown(RawRow row, KnownOfRows known)
    {
        if (row.Int64OrNull(10) is not { } number)
        {
            return null;
        }

        var (low, high) = (0, known.Read.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = known.Read[middle].Number < number ? (middle + 1, high) : (low, middle);
        }

        return low <= high && known.Read[low].Number == number ? known.Read[low] : null;
    }

    // What is not in a row and needed for each.
    private sealed record KnownOfRows(
        SharedTexts Texts,
        IReadOnlyDictionary<int, StageConfiguration> Versions,
        IReadOnlyDictionary<long, GenerationMode> ChampionModes,
        IReadOnlyDictionary<long, EvidenceLineage> Lineages,
        IReadOnlyList<CheckedIteration> Read
    );
}
