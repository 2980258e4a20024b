using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Iterations.Lineages;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Claims the next iteration: number, switch and assignment in one write transaction.</summary>
public sealed class ClaimIteration(
    IDbContextFactory<RolloutDb> databases,
    JsonKillSwitch jsonSwitch,
    DrillSwitch drillSwitch,
    CurrentSession session,
    ClaimedNumbers claimedNumbers,
    IModelInUse model,
    IOptions<RolloutOptions> options,
    TimeProvider clock
) : IIterationClaims
{
    private static ModeAssignment NoArm { get; } =
        new(GenerationMode.FullCode, AssignmentRule.NoArm, "mutation: belongs to no arm");

    public async Task<ClaimedIteration?> ClaimAsync(
        RolloutEnvironment environment,
        int worker,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        if (await VersionAsync(db, rollout, environment, cancellationToken).ConfigureAwait(false) is not { } version)
        {
            return null;
        }

        var configuration = StageConfiguration.FromJson(version.ValuesJson);
        var number = await NextAsync(db, rollout.Id, environment.ToString(), first: 1, cancellationToken)
            .ConfigureAwait(false);
        var terms = new ClaimTerms(rollout, environment, version, configuration, number);
        var source = Source(terms);
        var kind = await KindAsync(db, terms, cancellationToken).ConfigureAwait(false);
        var assignment =
            kind == IterationKind.Mutation
                ? NoArm
                : await AssignAsync(db, terms, source, cancellationToken).ConfigureAwait(false);
        var record = Record(terms, kind, source, assignment);
        var lineage = await LineageAsync(db, record, worker, cancellationToken).ConfigureAwait(false);
        db.Iterations.Add(record);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);

        // Read again as late as possible: a latch closed since the assignment must not let this one through.
        if (assignment.Mode == GenerationMode.Json && WhyNot(environment) is not null)
        {
            return await ClaimAgainAsync(transaction, environment, worker, cancellationToken).ConfigureAwait(false);
        }

        claimedNumbers.Note(rollout.Id, environment, number);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return Claimed(record, terms) with { Lineage = lineage };
    }

    // Mutations belong to no arm, and so to no lineage.
    private async Task<ClaimedLineage?> LineageAsync(
        RolloutDb db,
        IterationRecord record,
        int worker,
        CancellationToken cancellationToken
    ) =>
        record.Kind != IterationKind.Generated
            ? null
            : await TakeLineage
                .ExecuteAsync(
                    db,
                    record,
                    new LineageTerms(
                        record.AssignedMode,
                        record.Segment,
                        record.Stage,
                        record.Attempt,
                        record.SessionId,
                        worker,
                        options.Value.LineageLength
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);

    /// <summary>The configuration to claim under; null when no iteration is wanted.</summary>
    private static async Task<ConfigurationVersion?> VersionAsync(
        RolloutDb db,
        Rollout rollout,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        if (environment == RolloutEnvironment.Production)
        {
            return rollout.DesiredLoopState == DesiredLoopState.Running
                ? await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false)
                : null;
        }

        var run = await db
            .StagingRuns.SingleOrDefaultAsync(
                row => row.RolloutId == rollout.Id && row.State == StagingState.Running,
                cancellationToken
            )
            .ConfigureAwait(false);
        return
            run is not null
            && await ReadStaging.Iterations(db, run).CountAsync(cancellationToken).ConfigureAwait(false) < run.Wanted
            ? await db
                .ConfigurationVersions.SingleAsync(
                    row => row.RolloutId == rollout.Id && row.Number == run.ConfigurationNumber,
                    cancellationToken
                )
                .ConfigureAwait(false)
            : null;
    }

    private RequestSource Source(ClaimTerms terms) =>
        Draw(terms.Rollout, terms.Environment, terms.Number, "source") < options.Value.TemplateLibraryShare
            ? RequestSource.TemplateLibrary
            : RequestSource.Freeform;

    private IterationRecord Record(
        ClaimTerms terms,
        IterationKind kind,
        RequestSource source,
        ModeAssignment assignment
    ) =>
        new()
        {
            RolloutId = terms.Rollout.Id,
            Environment = terms.Environment,
            Number = terms.Number,
            Stage = terms.Version.Stage,
            Attempt = terms.Rollout.Attempt,
            ConfigurationNumber = terms.Version.Number,
            Segment = SegmentKey.Of(terms.Version.Number, model.ModelInUse),
            Kind = kind,
            Source = source,
            AssignedMode = assignment.Mode,
            AssignmentRule = assignment.Rule,
            AssignmentReason = assignment.Reason,
            Status = IterationStatus.Running,
            ClaimedAt = clock.GetUtcNow(),
            SessionId = session.Id,
            IsExploration = terms.Number % options.Value.ExploreEvery == 0,
        };

    private static ClaimedIteration Claimed(IterationRecord record, ClaimTerms terms) =>
        new(
            record.Id,
            record.RolloutId,
            record.Environment,
            record.Number,
            $"{terms.Rollout.Salt}/{terms.Environment}",
            record.Kind,
            record.Source,
            record.AssignedMode,
            record.IsExploration,
            terms.Configuration.FallbackToFullCode,
            terms.Configuration.PreferJsonMode,
            terms.Configuration.TemplateCacheEnabled,
            record.ClaimedAt
        );

    // Latch and marker file are production's, and staging has those of drills; a stop ends a validation run by its row,
    // in the same database lock as this claim.
    private string? WhyNot(RolloutEnvironment environment) =>
        environment == RolloutEnvironment.Production ? jsonSwitch.WhyNot() : drillSwitch.Switch.WhyNot();

    private async Task<ClaimedIteration?> ClaimAgainAsync(
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction,
        RolloutEnvironment environment,
        int worker,
        CancellationToken cancellationToken
    )
    {
        await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
        return await ClaimAsync(environment, worker, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ModeAssignment> AssignAsync(
        RolloutDb db,
        ClaimTerms terms,
        RequestSource source,
        CancellationToken cancellationToken
    )
    {
        var (rollout, environment, version, configuration, number) = terms;
        var whyNot = WhyNot(environment);
        var blocks = Enum.Parse<AllocationKind>(options.Value.Allocation, ignoreCase: true) == AllocationKind.Blocks;
        var blockSeed = string.Create(CultureInfo.InvariantCulture, $"{environment}/{version.Number}/{source}");
        var slot =
            blocks && ModeAssignment.NeedsDraw(configuration, whyNot)
                ? await NextAsync(db, rollout.Id, blockSeed, first: 0, cancellationToken).ConfigureAwait(false)
                : 0;
        return ModeAssignment.Decide(configuration, source, whyNot, share =>
            blocks
                ? (
                    BlockAllocation.IsJson($"{rollout.Salt}/{blockSeed}", slot, share),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"share {share:0.##}, block {slot / BlockAllocation.BlockSize}, slot {slot % BlockAllocation.BlockSize} of {source}"
                    )
                )
                : (
                    HashAllocation.IsJson(
                        rollout.Salt,
                        string.Create(CultureInfo.InvariantCulture, $"{environment}/{number}"),
                        share
                    ),
                    string.Create(CultureInfo.InvariantCulture, $"share {share:0.##}, hash of {number}")
                )
        );
    }

    private async Task<IterationKind> KindAsync(RolloutDb db, ClaimTerms terms, CancellationToken cancellationToken)
    {
        var (rollout, environment, _, configuration, number) = terms;

        // Mutations are template strategies: none while JSON is off.
        if (
            !configuration.JsonModeEnabled
            || WhyNot(environment) is not null
            || configuration.InnovationRate >= 100
            || Draw(rollout, environment, number, "innovation") * 100 < configuration.InnovationRate
        )
        {
            return IterationKind.Generated;
        }

        var hasParameters = await db
            .Champions.AnyAsync(
                champion =>
                    champion.RolloutId == rollout.Id
                    && champion.Environment == environment
                    && champion.ParametersJson != null,
                cancellationToken
            )
            .ConfigureAwait(false);
        return hasParameters ? IterationKind.Mutation : IterationKind.Generated;
    }

    private static double Draw(Rollout rollout, RolloutEnvironment environment, long number, string purpose) =>
        UniformHash.Of(rollout.Salt, string.Create(CultureInfo.InvariantCulture, $"{purpose}/{environment}/{number}"));

    private static async Task<long> NextAsync(
        RolloutDb db,
        int rolloutId,
        string name,
        long first,
        CancellationToken cancellationToken
    )
    {
        var counter = await db
            .IterationCounters.AsTracking()
            .SingleOrDefaultAsync(row => row.RolloutId == rolloutId && row.Name == name, cancellationToken)
            .ConfigureAwait(false);
        if (counter is null)
        {
            counter = new IterationCounter
            {
                RolloutId = rolloutId,
                Name = name,
                Next = first,
            };
            db.IterationCounters.Add(counter);
        }

        return counter.Next++;
    }

    // What an iteration is claimed under.
    private sealed record ClaimTerms(
        Rollout Rollout,
        RolloutEnvironment Environment,
        ConfigurationVersion Version,
        StageConfiguration Configuration,
        long Number
    );
}
