using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Studies;

public sealed class DeduplicatedJobsTests : IDisposable
{
    private readonly ConcurrentQueue<(
        string Key,
        TaskCompletionSource<int> Ends,
        IProgress<int> Progress,
        CancellationToken Token
    )> _begun = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly TurnQueue _turns = new("tests", places: 16, mostOfOne: 16, TestShare.Create());
    private readonly WorkTurns _work = new(TestShare.Create());
    private readonly DeduplicatedJobs<string, int> _shared;

    // What stands before a colon is the question.
    public DeduplicatedJobsTests() =>
        _shared = new DeduplicatedJobs<string, int>(ComputeAsync, capacity: 2, _turns, _clock, key =>
            key.Split(':')[0]
        );

    public void Dispose()
    {
        _turns.Dispose();
        _work.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_SecondTime_ComputesNothing()
    {
        var first = _shared.GetAsync("a", null, Token);
        await EndAsync(1, 7);

        Assert.Equal(7, (await first).Value);
        Assert.Equal(7, (await _shared.GetAsync("a", null, Token)).Value);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_TwoAtOnce_ShareOneComputationAndItsProgress()
    {
        var (first, second) = (
            _shared.GetAsync("a", Who(out var one), Token),
            _shared.GetAsync("a", Who(out var other), Token)
        );
        (await BegunAsync(1)).Progress.Report(3);
        await UntilAsync(() => (one.Latest, other.Latest) == (3, 3));
        await EndAsync(1, 7);

        var both = await Task.WhenAll(first, second);
        Assert.Equal([7, 7], both.Select(result => result.Value));
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_OneOfTwoLeaves_TheOtherGetsItsResult()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (_shared.GetAsync("a", null, leaving.Token), _shared.GetAsync("a", null, Token));
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False((await BegunAsync(1)).Token.IsCancellationRequested);
        await EndAsync(1, 7);
        Assert.Equal(7, (await second).Value);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_LastOneLeaves_ItGoesOnAndIsThereForWhoComesBack()
    {
        using var leaving = new CancellationTokenSource();
        var first = _shared.GetAsync("a", Who(out var seen), leaving.Token);
        var begun = await BegunAsync(1);
        begun.Progress.Report(40);
        await UntilAsync(() => seen.Latest == 40);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(begun.Token.IsCancellationRequested);

        var back = _shared.GetAsync("a", Who(out var progress), Token);
        Assert.Equal(40, progress.Latest);
        await EndAsync(1, 7);
        Assert.Equal(7, (await back).Value);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_LastOneStops_EndsTheComputationAndTheNextBeginsAnew()
    {
        using var leaving = new CancellationTokenSource();
        var who = Who(out _);
        var first = _shared.GetAsync("a", who, leaving.Token);
        var stopped = await BegunAsync(1);
        who.IsStopped = true;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Ends.Task.WaitAsync(stopped.Token));

        var second = _shared.GetAsync("a", null, Token);
        await EndAsync(2, 8);
        Assert.Equal(8, (await second).Value);
    }

    [Fact]
    public async Task Get_OneOfTwoStops_TheOtherGetsItsResult()
    {
        using var leaving = new CancellationTokenSource();
        var who = Who(out _);
        var (first, second) = (_shared.GetAsync("a", who, leaving.Token), _shared.GetAsync("a", null, Token));
        who.IsStopped = true;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await EndAsync(1, 7);
        Assert.Equal(7, (await second).Value);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_AnotherBegins_EndsWhatWasLeft()
    {
        using var leaving = new CancellationTokenSource();
        var first = _shared.GetAsync("a", null, leaving.Token);
        var left = await BegunAsync(1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var other = _shared.GetAsync("b", null, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.Ends.Task.WaitAsync(left.Token));
        await EndAsync(2, 8);
        Assert.Equal(8, (await other).Value);
    }

    [Fact]
    public async Task Get_IsLeftAfterAnotherWasBegun_Ends()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (_shared.GetAsync("a", null, leaving.Token), _shared.GetAsync("b", null, Token));
        await BegunAsync(2);
        var left = _begun.Single(one => one.Key == "a");
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.Ends.Task.WaitAsync(left.Token));
        _begun.Single(one => one.Key == "b").Ends.SetResult(8);
        Assert.Equal(8, (await second).Value);
    }

    [Fact]
    public async Task Get_ItsInputsHaveGrown_TheRecentResultIsGivenAndSaysSo()
    {
        var began = _clock.GetUtcNow();
        var first = _shared.GetAsync("a:1", null, Token);
        await EndAsync(1, 7);
        Assert.Equal(new DeduplicatedJob<int>(7, began, IsOfNow: true), await first);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(new DeduplicatedJob<int>(7, began, IsOfNow: false), await _shared.GetAsync("a:2", null, Token));

        var latest = _shared.GetAsync("a:2", Who(out _, wantsLatest: true), Token);
        await EndAsync(2, 8);
        Assert.Equal(new DeduplicatedJob<int>(8, _clock.GetUtcNow(), IsOfNow: true), await latest);
        Assert.Equal(8, (await _shared.GetAsync("a:3", null, Token)).Value);
    }

    [Fact]
    public async Task Get_ItsInputsHaveGrownLongAfter_IsComputedAgain()
    {
        var first = _shared.GetAsync("a:1", null, Token);
        await EndAsync(1, 7);
        await first;
        var other = _shared.GetAsync("b:1", null, Token);
        await EndAsync(2, 9);
        await other;

        _clock.Advance(TimeSpan.FromSeconds(61));
        var second = _shared.GetAsync("a:2", null, Token);
        await EndAsync(3, 8);
        Assert.Equal(8, (await second).Value);
        Assert.Equal(9, (await _shared.GetAsync("b:1", null, Token)).Value);
    }

    [Fact]
    public async Task Get_GoesOnForAnEarlierState_IsJoined()
    {
        var first = _shared.GetAsync("a:1", null, Token);
        await BegunAsync(1);
        var second = _shared.GetAsync("a:2", null, Token);
        await EndAsync(1, 7);

        Assert.Equal((true, false), ((await first).IsOfNow, (await second).IsOfNow));
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_AfterAFailure_ComputesAgain()
    {
        var first = _shared.GetAsync("a", null, Token);
        (await BegunAsync(1)).Ends.SetException(new IOException("the disk is gone"));
        await Assert.ThrowsAsync<IOException>(() => first);

        var second = _shared.GetAsync("a", null, Token);
        await EndAsync(2, 8);
        Assert.Equal(8, (await second).Value);
    }

    [Fact]
    public async Task Get_MoreThanThereIsRoomFor_ForgetsWhatWasAskedForLongestAgo()
    {
        foreach (var (key, count) in new[] { ("a", 1), ("b", 2) })
        {
            var asked = _shared.GetAsync(key, null, Token);
            await EndAsync(count, count);
            await asked;
        }

        await _shared.GetAsync("a", null, Token);
        var third = _shared.GetAsync("c", null, Token);
        await EndAsync(3, 3);
        await third;

        Assert.Equal(1, (await _shared.GetAsync("a", null, Token)).Value);
        Assert.Equal(3, _begun.Count);
        var again = _shared.GetAsync("b", null, Token);
        await EndAsync(4, 4);
        Assert.Equal(4, (await again).Value);
    }

    [Fact]
    public async Task PlanCheck_SameInputs_GivesTheSameReportAndOthersAnother()
    {
        var plans = new PlanChecks(
            new FixedPolicy(),
            Options.Create(new StageOptions()),
            Options.Create(new RolloutOptions()),
            _work,
            _clock
        );

        var report = await CheckAsync(plans, new AssumedRates(), null);

        Assert.Same(report, await CheckAsync(plans, new AssumedRates(), ""));
        Assert.NotSame(report, await CheckAsync(plans, new AssumedRates(), "success-critical=0.45"));
        Assert.Equal(0.7, (await CheckAsync(plans, new AssumedRates(Json: 0.7), null)).Assumed.Json);
    }

    [Fact]
    public async Task PlanCheck_GatesEditedMeanwhile_ChecksThoseInForce()
    {
        var policy = new FixedPolicy();
        var plans = new PlanChecks(
            policy,
            Options.Create(new StageOptions()),
            Options.Create(new RolloutOptions()),
            _work,
            _clock
        );
        Assert.Contains(
            "JSON success ≥ 80 %",
            (await CheckAsync(plans, new AssumedRates(), null)).Gates[0].Criteria,
            StringComparison.Ordinal
        );

        policy.Policy = PolicyInForce.Plan with
        {
            Gates = GateFields
                .Apply(GateDefinition.Default, new Dictionary<string, string> { ["3.1/json-success/target"] = "90" })
                .Edited! with
            {
                Version = 2,
            },
        };

        Assert.Contains(
            "JSON success ≥ 90 %",
            (await CheckAsync(plans, new AssumedRates(), null)).Gates[0].Criteria,
            StringComparison.Ordinal
        );
    }

    private static async Task<PlanReport> CheckAsync(PlanChecks plans, AssumedRates assumed, string? with) =>
        await plans.RunAsync(assumed, await plans.ChooseAsync(with, Token), null, Token);

    [Fact]
    public async Task AaCheck_SettingsAskedForBefore_GivesTheSameReport()
    {
        var checks = new AaChecks(_work, TestEngine.Provider, _clock);
        AaSettings[] settings = [new(Runs: 2, Iterations: 40), new(Runs: 3, Iterations: 40)];
        AaReport[] first =
        [
            await checks.RunAsync(settings[0], null, Token),
            await checks.RunAsync(settings[1], null, Token),
        ];

        Assert.Same(first[0], await checks.RunAsync(settings[0] with { }, null, Token));
        Assert.Same(first[1], await checks.RunAsync(settings[1], null, Token));
        Assert.Equal([2, 3], first.Select(report => report.Settings.Runs));
    }

    private static JobSubscription Who(out Progress progress, bool wantsLatest = false) =>
        new(progress = new Progress()) { WantsLatest = wantsLatest };

    private Task<int> ComputeAsync(string key, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var ends = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Enqueue((key, ends, progress, cancellationToken));
        return ends.Task.WaitAsync(cancellationToken);
    }

    private async Task<(
        string Key,
        TaskCompletionSource<int> Ends,
        IProgress<int> Progress,
        CancellationToken Token
    )> BegunAsync(int count)
    {
        await UntilAsync(() => _begun.Count >= count);
        return _begun.ElementAt(count - 1);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(5, Token);
        }
    }

    private async Task EndAsync(int count, int value) => (await BegunAsync(count)).Ends.SetResult(value);

    private sealed class Progress : IProgress<int>
    {
        public int Latest { get; private set; }

        public void Report(int value) => Latest = value;
    }
}
