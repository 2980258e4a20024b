using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Evidence.SameMode;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Live;

namespace RolloutDashboard.Tests.Live;

public sealed class SharedResultsTests
{
    private readonly ConcurrentQueue<(string Key, TaskCompletionSource<int> Ends, IProgress<int> Progress, CancellationToken Token)> _begun = new();
    private readonly SharedResults<string, int> _shared;

    public SharedResultsTests() => _shared = new SharedResults<string, int>(ComputeAsync, capacity: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_SecondTime_ComputesNothing()
    {
        var first = _shared.GetAsync("a", null, Token);
        await EndAsync(1, 7);

        Assert.Equal(7, await first);
        Assert.Equal(7, await _shared.GetAsync("a", null, Token));
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_TwoAtOnce_ShareOneComputationAndItsProgress()
    {
        var (one, other) = (new Progress(), new Progress());
        var (first, second) = (_shared.GetAsync("a", one, Token), _shared.GetAsync("a", other, Token));
        (await BegunAsync(1)).Progress.Report(3);
        await EndAsync(1, 7);

        var both = await Task.WhenAll(first, second);
        Assert.Equal([7, 7], both);
        Assert.Equal((3, 3), (one.Latest, other.Latest));
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
        Assert.Equal(7, await second);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Get_LastOneLeaves_EndsTheComputationAndTheNextBeginsAnew()
    {
        using var leaving = new CancellationTokenSource();
        var first = _shared.GetAsync("a", null, leaving.Token);
        var abandoned = await BegunAsync(1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned.Ends.Task.WaitAsync(abandoned.Token));

        var second = _shared.GetAsync("a", null, Token);
        await EndAsync(2, 8);
        Assert.Equal(8, await second);
    }

    [Fact]
    public async Task Get_AfterAFailure_ComputesAgain()
    {
        var first = _shared.GetAsync("a", null, Token);
        (await BegunAsync(1)).Ends.SetException(new IOException("the disk is gone"));
        await Assert.ThrowsAsync<IOException>(() => first);

        var second = _shared.GetAsync("a", null, Token);
        await EndAsync(2, 8);
        Assert.Equal(8, await second);
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

        Assert.Equal(1, await _shared.GetAsync("a", null, Token));
        Assert.Equal(3, _begun.Count);
        var again = _shared.GetAsync("b", null, Token);
        await EndAsync(4, 4);
        Assert.Equal(4, await again);
    }

    [Fact]
    public async Task PlanCheck_SameInputs_GivesTheSameReportAndOthersAnother()
    {
        var plans = new PlanChecks(Options.Create(new StageOptions()), Options.Create(new RolloutOptions()));

        var report = await plans.RunAsync(new AssumedRates(), null, Token);

        Assert.Same(report, await plans.RunAsync(new AssumedRates(), "", Token));
        Assert.NotSame(report, await plans.RunAsync(new AssumedRates(), "success-critical=0.45", Token));
        Assert.Equal(0.7, (await plans.RunAsync(new AssumedRates(Json: 0.7), null, Token)).Assumed.Json);
    }

    [Fact]
    public async Task AaCheck_SettingsAskedForBefore_GivesTheSameReport()
    {
        using var checks = new AaChecks();
        AaSettings[] settings = [new(Runs: 2, Iterations: 40), new(Runs: 3, Iterations: 40)];
        AaReport[] first = [await checks.RunAsync(settings[0], null, Token), await checks.RunAsync(settings[1], null, Token)];

        Assert.Same(first[0], await checks.RunAsync(settings[0] with { }, null, Token));
        Assert.Same(first[1], await checks.RunAsync(settings[1], null, Token));
        Assert.Equal([2, 3], first.Select(report => report.Settings.Runs));
    }

    private Task<int> ComputeAsync(string key, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var ends = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Enqueue((key, ends, progress, cancellationToken));
        return ends.Task.WaitAsync(cancellationToken);
    }

    private async Task<(string Key, TaskCompletionSource<int> Ends, IProgress<int> Progress, CancellationToken Token)> BegunAsync(int count)
    {
        while (_begun.Count < count)
        {
            await Task.Delay(5, Token);
        }

        return _begun.ElementAt(count - 1);
    }

    private async Task EndAsync(int count, int value) => (await BegunAsync(count)).Ends.SetResult(value);

    private sealed class Progress : IProgress<int>
    {
        public int Latest { get; private set; }

        public void Report(int value) => Latest = value;
    }
}
