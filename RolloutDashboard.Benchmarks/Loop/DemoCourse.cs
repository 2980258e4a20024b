using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Loop;

/// <summary>How a demo rollout ends in its first two stages by the default gates and alert rules.</summary>
/// <param name="First">Stage 3.1, until its gate passes, a rollback or <see cref="MostJson"/> JSON iterations.</param>
/// <param name="Second">Stage 3.2 behind it, whether or not 3.1 passed: a hundred iterations of each mode.</param>
internal sealed record DemoCourse(StageCourse First, StageCourse Second)
{
    private const int MostJson = 300;
    private const int HybridEach = 100;

    // Instants at which the course of 3.1 is looked up; the replay itself judges after every iteration.
    private static readonly int[] LookAt = [30, 100, 150, 200, MostJson];

    public static async Task<DemoCourse> RunAsync(MarketPanel market, string seed, IStrategyHost strategyHost)
    {
        await using var rollout = await BenchRollout.OpenAsync();
        var pipeline = rollout.Pipeline(market, seed, strategyHost);
        var json = 0;
        StageCourse? first = null;
        foreach (var until in LookAt)
        {
            while (json < until)
            {
                var claim = await rollout.ClaimAsync();
                await pipeline.RunAsync(claim with { Seed = seed }, CancellationToken.None);
                json += claim.AssignedMode == GenerationMode.Json ? 1 : 0;
            }

            first = await JudgeAsync(rollout, Stage.TemplateLibraryOnly, after: 0);
            if (first.Ending != StageCourse.Open)
            {
                break;
            }
        }

        await rollout.SetAsync("template_mode", "false");
        await rollout.SetAsync("json_mode_probability", "0.5");
        var before = 0L;
        var (hybridJson, hybridFullCode) = (0, 0);
        while (hybridJson < HybridEach || hybridFullCode < HybridEach)
        {
            var claim = await rollout.ClaimAsync();
            before = hybridJson + hybridFullCode == 0 ? claim.Number - 1 : before;
            await pipeline.RunAsync(claim with { Seed = seed }, CancellationToken.None);
            hybridJson += claim.AssignedMode == GenerationMode.Json ? 1 : 0;
            hybridFullCode += claim.AssignedMode == GenerationMode.FullCode ? 1 : 0;
        }

        return new DemoCourse(first!, await JudgeAsync(rollout, Stage.Hybrid, before));
    }

    public override string ToString() => $"3.1 {First} | 3.2 {Second}";

    private static async Task<StageCourse> JudgeAsync(BenchRollout bench, Stage stage, long after)
    {
        await using var db = bench.CreateDbContext();
        var rollout = await db.Rollouts.SingleAsync();
        var evidence = await ReadEvidenceSet.OfAttemptAsync(db, rollout, CancellationToken.None);
        var seen = evidence.Iterations.ToDictionary(one => one.Number);
        var rows = (
            await ReadEvidenceRows.OfStageAsync(db, rollout.Id, Stage.TemplateLibraryOnly, CancellationToken.None)
        )
            .Select(row => row.Row)
            .Where(row => row.Number > after && row.EndedAt is not null)
            .ToArray();

        // A demo has no minimum times.
        var history = new ReplayHistory
        {
            FirstStage = stage,
            HasTimes = false,
            Rows = [.. rows.Select(row => new ReplayRow(row, row.EndedAt!.Value, Checked: seen[row.Number]))],
        };
        var replay = RunReplay.Of(history, new ReplayPolicy(GateDefinition.Default, new AlertThresholds()), null);
        var end = replay.Steps.FirstOrDefault(step =>
            step.Kind is ReplayKind.Promoted or ReplayKind.RolledBack or ReplayKind.Halted
        );
        return new StageCourse(
            end?.Kind switch
            {
                ReplayKind.Promoted => "passes",
                ReplayKind.RolledBack => "rolled back",
                ReplayKind.Halted => "halted",
                _ => StageCourse.Open,
            },
            rows.Count(row => row.AssignedMode == GenerationMode.Json && row.Number <= (end?.Number ?? long.MaxValue)),
            ArmEvidence.Of(rows.Where(row => row.AssignedMode == GenerationMode.Json)),
            ArmEvidence.Of(rows.Where(row => row.AssignedMode == GenerationMode.FullCode)),
            replay.Steps.LastOrDefault(step => step.Kind == ReplayKind.Held)?.Text
        );
    }
}
