using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>Reads the evidence window of a rollout's current attempt for the evidence checks.</summary>
public static class ReadEvidenceSet
{
    public static async Task<EvidenceSet> ExecuteAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var versions = await db.ConfigurationVersions.Where(version => version.RolloutId == rollout.Id)
            .ToDictionaryAsync(version => version.Number, version => StageConfiguration.FromJson(version.ValuesJson), cancellationToken).ConfigureAwait(false);
        var records = await db.Iterations.AsNoTracking()
            .Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production && row.Stage == rollout.Stage && row.Attempt == rollout.Attempt)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var shown = records.Select(row => row.ShownChampion).OfType<long>().Distinct().ToArray();
        var shownModes = await db.Iterations.AsNoTracking()
            .Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production && shown.Contains(row.Number))
            .ToDictionaryAsync(row => row.Number, row => row.AssignedMode, cancellationToken).ConfigureAwait(false);
        return new EvidenceSet
        {
            Iterations = [.. records.Select(row => Map(row, versions.GetValueOrDefault(row.ConfigurationNumber), shownModes))],
            FirstNumber = records.Count == 0 ? 1 : records[0].Number,
            Champion = await ChampionAsync(db, rollout, records, cancellationToken).ConfigureAwait(false),
        };
    }

    private static CheckedIteration Map(IterationRecord row, StageConfiguration? configuration, Dictionary<long, GenerationMode> shownModes) => new()
    {
        Number = row.Number,
        AssignedMode = row.AssignedMode,
        EffectiveMode = row.EffectiveMode,
        ContentMode = row.Fingerprint is null ? null : row.ParametersJson is null ? GenerationMode.FullCode : GenerationMode.Json,
        FallbackRecorded = row.EffectiveMode is { } effective && effective != row.AssignedMode && configuration is not null
            && (row.AssignedMode == GenerationMode.Json ? configuration.FallbackToFullCode : configuration.PreferJsonMode),
        Kind = row.Kind,
        Status = row.Status,
        Level = row.Level,
        SharpeRatio = row.SharpeRatio,
        TotalReturn = row.TotalReturn,
        MaxDrawdown = row.MaxDrawdown,
        Fingerprint = row.Fingerprint,
        TemplateName = row.TemplateName,
        EchoesPrompt = row.EchoesPrompt,
        ErrorSignature = row.FailureSignature,
        MetricBasis = row.MetricBasis,
        MarketDataVersion = row.MarketDataVersion,
        EngineVersion = row.EngineVersion,
        ConfiguredShare = Share(configuration),
        StartedAt = row.ClaimedAt,
        Duration = row.EndedAt - row.ClaimedAt,
        ShownArms = row.ShownChampion is { } number && shownModes.TryGetValue(number, out var mode) ? [mode] : [],
    };

    /// <summary>The share in force; 0 while JSON is off, null where the source decides.</summary>
    private static double? Share(StageConfiguration? configuration) => configuration switch
    {
        null => null,
        { JsonModeEnabled: false } or { UseJsonMode: false } => 0,
        { TemplateMode: true, JsonModeProbability: null } => null,
        _ => configuration.JsonModeProbability,
    };

    // A champion of an earlier stage is judged there; one that no iteration of the rollout made is foreign.
    private static async Task<CheckedChampion?> ChampionAsync(RolloutDb db, Rollout rollout, List<IterationRecord> records, CancellationToken cancellationToken)
    {
        var champion = await db.Champions.AsNoTracking()
            .Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production && row.Scope == ChampionScope.Overall)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (champion is null)
        {
            return null;
        }

        if (records.Any(row => row.Number == champion.IterationNumber))
        {
            return new CheckedChampion(champion.IterationNumber, champion.SharpeRatio, (int)(records[^1].Number - champion.IterationNumber));
        }

        var isOwn = await db.Iterations.AnyAsync(row => row.RolloutId == rollout.Id && row.Number == champion.IterationNumber, cancellationToken).ConfigureAwait(false);
        return isOwn ? null : new CheckedChampion(null, champion.SharpeRatio, 0);
    }
}
