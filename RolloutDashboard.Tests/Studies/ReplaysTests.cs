using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Evidence;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Studies;

/// <summary>When a page may say that a replay is of now.</summary>
public sealed class ReplaysTests
{
    [Fact]
    public async Task Replay_OfTheRollout_IsNotOfNowOnceAnIterationEnded()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var replays = Over(rollout, new NoImports());
        Assert.True((await replays.ReplayAsync(new ReplayRequest(), null, TestRollout.Token)).IsOfNow);

        await rollout.FinishAsync(await rollout.ClaimAsync(), 0.8);

        Assert.False((await replays.ReplayAsync(new ReplayRequest(), null, TestRollout.Token)).IsOfNow);
        var latest = await replays.ReplayAsync(
            new ReplayRequest(),
            new JobSubscription(new Progress<int>()) { WantsLatest = true },
            TestRollout.Token
        );
        Assert.Equal((true, 1), (latest.IsOfNow, latest.Value.Result.Iterations));
    }

    [Fact]
    public async Task Replay_OfAnImport_StaysOfNowWhileTheRolloutGoesOn()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var replays = Over(rollout, new NoImports { Sets = { [3] = Records(12) } });
        var request = new ReplayRequest(ImportId: 3);
        var first = await replays.ReplayAsync(request, null, TestRollout.Token);

        await rollout.FinishAsync(await rollout.ClaimAsync(), 0.8);
        var second = await replays.ReplayAsync(request, null, TestRollout.Token);

        Assert.Equal((true, 12), (second.IsOfNow, second.Value.Result.Iterations));
        Assert.Same(first.Value, second.Value);
    }

    [Fact]
    public async Task Replay_OfAnImportThatIsAnotherNow_IsMadeAnew()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var imports = new NoImports { Sets = { [3] = Records(12) } };
        var replays = Over(rollout, imports);
        await replays.ReplayAsync(new ReplayRequest(ImportId: 3), null, TestRollout.Token);

        imports.Sets[3] = Records(7);
        var second = await replays.ReplayAsync(new ReplayRequest(ImportId: 3), null, TestRollout.Token);

        Assert.Equal((true, 7), (second.IsOfNow, second.Value.Result.Iterations));
    }

    private static Replays Over(TestRollout rollout, NoImports imports) =>
        new(
            imports,
            new ReplayPolicies(
                rollout.Databases,
                new ReadReplayHistory(rollout.Databases, imports),
                Options.Create(new GateOptions())
            ),
            new VerifyJudgements(rollout.Databases),
            new DatabaseAvailability(rollout.Clock),
            new WorkTurns(TestShare.Create()),
            rollout.Clock
        );

    private static CheckedIteration[] Records(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = GenerationMode.Json,
                    EffectiveMode = GenerationMode.Json,
                    ContentMode = GenerationMode.Json,
                    Level = SuccessLevel.Executed,
                    Executed = true,
                    Fingerprint = $"s{number}",
                }),
        ];
}
