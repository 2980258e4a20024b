using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Turns;

public sealed class ProcessorShareTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _clock = new();
    private readonly Times _times = new();
    private readonly ProcessorShare _share;

    public ProcessorShareTests() => _share = new ProcessorShare(_times, 2, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 2, 1.5)]
    [InlineData(1, 2, 0.5)]
    [InlineData(1.45, 2, 0.25)]
    [InlineData(2, 2, 0.25)]
    [InlineData(4, 16, 8)]
    [InlineData(16, 16, 2)]
    public void Of_SoMuchOrdinaryWork_LeavesAQuarterFreeAndAnEighthAtLeast(
        double ordinary,
        int processors,
        double share
    ) => Assert.Equal(share, ProcessorShare.Of(ordinary, processors), 12);

    [Fact]
    public async Task Rest_AllProcessorsBusy_PausesThreeTimesAsLongAsItWorked()
    {
        var pause = await PauseAsync(busy: 2, turns: 1, worked: 0.1);

        Assert.Equal(0.3, pause, 2);
    }

    [Fact]
    public async Task Rest_TwoTurns_ShareWhatThereIs()
    {
        var pause = await PauseAsync(busy: 2, turns: 2, worked: 0.1);

        Assert.Equal(0.7, pause, 2);
    }

    [Fact]
    public async Task Rest_OnlyItselfAtWork_GoesOnAtOnce()
    {
        var pause = await PauseAsync(busy: 1, turns: 1, worked: 1);

        Assert.Equal(0, pause, 2);
    }

    [Fact]
    public async Task Rest_AllBusyByTheProcessAloneWhereTheMachineIsLarge_Pauses()
    {
        _times.ProcessBusy = 2;

        var pause = await PauseAsync(busy: 0.1, turns: 1, worked: 0.1);

        Assert.Equal(0.3, pause, 2);
    }

    [Fact]
    public async Task Rest_ThePersonLeaves_GoesOnAtOnce()
    {
        using var leaving = new CancellationTokenSource();
        var rest = OnThread(() =>
        {
            _share.Begin();
            Work(busy: 2, worked: 0.1);
            _share.Rest(leaving.Token);
        });

        await leaving.CancelAsync();

        await rest.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Rest_ThreadThatHasNotBegunATurn_GoesOnAtOnce() =>
        await OnThread(() =>
            {
                Work(busy: 2, worked: 0.1);
                _share.Rest(CancellationToken.None);
                _share.End();
            })
            .WaitAsync(Patience, Token);

    [Fact]
    public async Task Rest_AfterMoments_MeasuresNothingYet() =>
        await OnThread(() =>
            {
                _share.Begin();
                _times.OfThread += TimeSpan.FromMilliseconds(10);
                _clock.Advance(TimeSpan.FromMilliseconds(10));
                _share.Rest(CancellationToken.None);
            })
            .WaitAsync(Patience, Token);

    /// <summary>Lets a turn work for a second of the clock and tells for how many seconds it pauses then.</summary>
    private async Task<double> PauseAsync(double busy, int turns, double worked)
    {
        for (var other = 1; other < turns; other++)
        {
            await OnThread(_share.Begin).WaitAsync(Patience, Token);
        }

        using var worksNow = new ManualResetEventSlim();
        var began = DateTimeOffset.MaxValue;
        var rest = OnThread(() =>
        {
            _share.Begin();
            Work(busy, worked);
            began = _clock.GetUtcNow();
            worksNow.Set();
            _share.Rest(CancellationToken.None);
        });
        Assert.True(worksNow.Wait(Patience, Token));
        while (!rest.IsCompleted)
        {
            await Task.Delay(2, Token);
            if (!rest.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        return (_clock.GetUtcNow() - began).TotalSeconds;
    }

    private void Work(double busy, double worked)
    {
        _times.OfThread += worked * Second;
        _times.OfProcessAndChildren += (_times.ProcessBusy ?? busy) * Second;
        _times.OfMachine = (_times.OfMachine.Busy + (busy * Second), _times.OfMachine.All + (2 * Second));
        _clock.Advance(Second);
    }

    private static Task OnThread(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        }).Start();
        return done.Task;
    }

    private sealed class Times : IProcessorTimes
    {
        public double? ProcessBusy { get; set; }

        public TimeSpan OfProcessAndChildren { get; set; }

        public (TimeSpan Busy, TimeSpan All) OfMachine { get; set; }

        public TimeSpan OfThread { get; set; }
    }
}
