using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>Begins a drill of the immediate rollback in staging, with a switch, a configuration and iterations of its
/// own; <see cref="FollowDrill"/> carries it to its end.</summary>
public sealed class StartDrill(
    Transitions transitions,
    DrillSwitch drillSwitch,
    JsonKillSwitch jsonSwitch,
    TimeProvider clock
)
{
    /// <summary>Iterations that either half may take.</summary>
    private const int Wanted = 60;

    /// <summary>Why none can begin; null when one can.</summary>
    public static async Task<string?> WhyNotAsync(
        RolloutDb db,
        Rollout rollout,
        string? jsonOff,
        CancellationToken cancellationToken
    ) =>
        rollout.Phase == RolloutPhase.RolledBack || jsonOff is not null
            ? "JSON mode is stopped; a drill waits until it goes on."
        : await db
            .StagingRuns.AnyAsync(
                run => run.RolloutId == rollout.Id && run.State == StagingState.Running,
                cancellationToken
            )
            .ConfigureAwait(false)
            ? "A validation run or a drill is going on in staging."
        : null;

    /// <summary>Begins with JSON iterations in staging, so that there is something to stop.</summary>
    /// <remarks>A drill takes no state version, so that it makes no open page stale.</remarks>
    public Task<TransitionResult> ExecuteAsync(string actor, CancellationToken cancellationToken) =>
        transitions.RecordAsync(
            async (db, rollout, token) =>
            {
                if (await WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), token).ConfigureAwait(false) is { } whyNot)
                {
                    return (null, whyNot);
                }

                drillSwitch.Open();
                var now = clock.GetUtcNow();
                var configuration = await AllJsonAsync(db, rollout, token).ConfigureAwait(false);
                var number = await VersionAsync(db, rollout, configuration, actor, now, token).ConfigureAwait(false);
                db.StagingRuns.Add(RunOf(rollout, configuration, number, actor, now));
                db.Procedures.Add(ProcedureOf(rollout, number, actor, now));
                return (
                    new DecisionDraft(
                        "drill-started",
                        actor,
                        $"Drill of the immediate rollback began in staging (configuration {number}).",
                        null,
                        new { configuration = number }
                    ),
                    "The drill began in staging."
                );
            },
            cancellationToken
        );

    private static async Task<StageConfiguration> AllJsonAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        return StageConfiguration.FromJson(inForce.ValuesJson) with
        {
            JsonModeEnabled = true,
            UseJsonMode = true,
            JsonModeProbability = 1,
            InnovationRate = 100,
            PreferJsonMode = false,
        };
    }

    private static StagingRun RunOf(
        Rollout rollout,
        StageConfiguration configuration,
        int number,
        string actor,
        DateTimeOffset now
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            Purpose = StagingPurpose.Drill,
            Stage = rollout.Stage,
            ConfigurationNumber = number,
            ConfigurationJson = configuration.ToJson(),
            Wanted = Wanted,
            State = StagingState.Running,
            StartedAt = now,
            Actor = actor,
        };

    private static Procedure ProcedureOf(Rollout rollout, int number, string actor, DateTimeOffset now)
    {
        var procedure = new Procedure
        {
            RolloutId = rollout.Id,
            Kind = Procedure.Drill,
            Actor = actor,
            Reason = "Drill of the immediate rollback.",
            StartedAt = now,
            StepStartedAt = now,
            ConfigurationNumber = number,
        };
        procedure.Note(
            new ProcedureStep(
                DrillSteps.Json,
                "waiting",
                null,
                "Waiting for a JSON iteration in staging that can be stopped."
            )
        );
        return procedure;
    }

    private static async Task<int> VersionAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        string actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = rollout.Id,
                Environment = RolloutEnvironment.Staging,
                Number = number,
                Stage = rollout.Stage,
                ValuesJson = configuration.ToJson(),
                CreatedAt = now,
                Actor = actor,
                Reason = "Drill of the immediate rollback.",
            }
        );
        return number;
    }
}
