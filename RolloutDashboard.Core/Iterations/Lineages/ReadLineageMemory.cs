using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations.Lineages;

/// <summary>What an iteration may remember of its own lineage: what came before it there, and the best of
/// that.</summary>
/// <remarks>A fallback remembers what fallbacks of its lineage brought, never the other arm.</remarks>
internal static class ReadLineageMemory
{
    /// <param name="mode">The mode that is asked now.</param>
    /// <param name="template">Only outcomes of this template; null for all.</param>
    /// <param name="most">How many outcomes, the latest ones.</param>
    public static async Task<ArmMemory> ExecuteAsync(
        RolloutDb db,
        ClaimedLineage lineage,
        GenerationMode mode,
        string? template,
        int most,
        CancellationToken cancellationToken
    )
    {
        var earlier = db
            .Iterations.Where(row =>
                row.LineageId == lineage.Id
                && row.LineagePosition < lineage.Position
                && row.EffectiveMode == mode
                && row.Status == IterationStatus.Finished
                && (template == null || row.TemplateName == template)
            )
            .OrderByDescending(row => row.LineagePosition);
        var best = await Best(earlier).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var feedback = await earlier
            .Take(most)
            .Select(row => new FeedbackEntry(
                row.Number,
                row.TemplateName,
                row.ParametersJson,
                row.Level ?? SuccessLevel.Failed,
                row.SharpeRatio,
                row.TotalReturn,
                row.MaxDrawdown,
                row.FailureMessage
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return new ArmMemory(best?.Brief, best?.Number, feedback);
    }

    // The first of the best: a later equal one brought nothing.
    private static IQueryable<Shown> Best(IQueryable<IterationRecord> earlier) =>
        earlier
            .Where(row =>
                row.Level == SuccessLevel.Profitable
                && row.SharpeRatio != null
                && row.Exposure >= ChampionRule.LeastExposure
            )
            .OrderByDescending(row => row.SharpeRatio)
            .ThenBy(row => row.LineagePosition)
            .Select(row => new Shown(
                row.Number,
                new ChampionBrief(
                    row.TemplateName,
                    row.ParametersJson,
                    row.ParametersJson == null ? row.Detail!.Code : null,
                    row.SharpeRatio!.Value,
                    row.TotalReturn,
                    row.MaxDrawdown
                )
            ));

    private sealed record Shown(long Number, ChampionBrief Brief);
}
