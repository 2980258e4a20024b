using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Iterations.Lineages;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Reads the memory of an iteration: that of its lineage, or that of its whole arm where it has none or an
/// endless one. Arms, and lineages, that teach each other would not be independent.</summary>
public sealed class ReadArmMemory(IDbContextFactory<RolloutDb> databases)
{
    private const int FeedbackCount = 8;

    /// <param name="template">Only champions and outcomes of this template; null for all.</param>
    public async Task<ArmMemory> ExecuteAsync(
        ClaimedIteration claim,
        GenerationMode mode,
        string? template,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return claim.Lineage is { IsEndless: false } lineage
            ? await ReadLineageMemory
                .ExecuteAsync(db, lineage, mode, template, FeedbackCount, cancellationToken)
                .ConfigureAwait(false)
            : await OfArmAsync(db, claim, mode, template, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ArmMemory> OfArmAsync(
        RolloutDb db,
        ClaimedIteration claim,
        GenerationMode mode,
        string? template,
        CancellationToken cancellationToken
    )
    {
        var champion = await ChampionAsync(db, claim, mode, template, cancellationToken).ConfigureAwait(false);
        var code = champion is { ParametersJson: null }
            ? await db
                .IterationDetails.Where(detail => detail.IterationId == champion.IterationId)
                .Select(detail => detail.Code)
                .SingleOrDefaultAsync(cancellationToken)
                .ConfigureAwait(false)
            : null;
        var feedback = await FeedbackAsync(db, claim, mode, template, cancellationToken).ConfigureAwait(false);
        var brief = champion is null
            ? null
            : new ChampionBrief(
                champion.TemplateName,
                champion.ParametersJson,
                code,
                champion.SharpeRatio,
                champion.TotalReturn,
                champion.MaxDrawdown
            );
        return new ArmMemory(brief, champion?.IterationNumber, feedback);
    }

    private static Task<Champion?> ChampionAsync(
        RolloutDb db,
        ClaimedIteration claim,
        GenerationMode mode,
        string? template,
        CancellationToken cancellationToken
    )
    {
        var scope = mode == GenerationMode.Json ? ChampionScope.Json : ChampionScope.FullCode;
        return db
            .Champions.Where(row =>
                row.RolloutId == claim.RolloutId
                && row.Environment == claim.Environment
                && row.Scope == scope
                && (template == null || row.TemplateName == template)
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static Task<List<FeedbackEntry>> FeedbackAsync(
        RolloutDb db,
        ClaimedIteration claim,
        GenerationMode mode,
        string? template,
        CancellationToken cancellationToken
    ) =>
        db
            .Iterations.Where(row =>
                row.RolloutId == claim.RolloutId
                && row.Environment == claim.Environment
                && row.Number < claim.Number
                && row.Number > claim.Number - 400
                && row.Kind == IterationKind.Generated
                && row.AssignedMode == mode
                && row.EffectiveMode == mode
                && row.Status == IterationStatus.Finished
                && (template == null || row.TemplateName == template)
            )
            .OrderByDescending(row => row.Number)
            .Take(FeedbackCount)
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
            .ToListAsync(cancellationToken);
}
