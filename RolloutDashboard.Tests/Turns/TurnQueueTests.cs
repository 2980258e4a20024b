using System.Collections.Concurrent;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Turns;

public sealed class TurnQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ProcessorShare _share = new(new ProcessorTimes(), Environment.ProcessorCount, TimeProvider.System);
    private readonly TurnQueue _queue;
    private readonly ManualResetEventSlim _lock = new();

    public TurnQueueTests() => _queue = new TurnQueue("tests", places: 1, mostOfOne: 4, _share);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lock.Set();
        _queue.Dispose();
        _lock.Dispose();
    }

    [Fact]
    public async Task Dispose_ATurnStillRuns_ItsThreadEndsWithoutHarm()
    {
        var queue = new TurnQueue("tests", places: 1, mostOfOne: 1, _share);
        var thread = new TaskCompletionSource<Thread>();
        _ = queue.RunAsync(
            "late",
            token =>
            {
                thread.SetResult(Thread.CurrentThread);
                _lock.Wait(CancellationToken.None);
                return Task.FromResult(0);
            },
            Token
        );
        var late = await thread.Task.WaitAsync(Patience, Token);

        queue.Dispose();
        _lock.Set();

        Assert.True(late.Join(Patience));
    }

    [Fact]
    public async Task Run_ManyOfOnePersonWait_AnothersOnlyOneIsServedSecond()
    {
        var order = new ConcurrentQueue<string>();
        await HoldAsync("hog");
        var others = Enumerable.Range(1, 4).Select(i => Note("hog", $"hog {i}", order)).ToArray();
        var quiet = Note("quiet", "quiet", order);
        _lock.Set();

        await Task.WhenAll([quiet, .. others]).WaitAsync(Patience, Token);

        Assert.Equal(["hog 1", "quiet", "hog 2", "hog 3", "hog 4"], order);
    }

    [Fact]
    public async Task Run_AllPlacesTaken_NoMoreThanThePlacesRunAtOnce()
    {
        using var queue = new TurnQueue("tests", places: 2, mostOfOne: 30, _share);
        var (running, most) = (0, 0);
        var works = Enumerable
            .Range(0, 24)
            .Select(i =>
                queue.RunAsync(
                    $"person {i % 3}",
                    token =>
                    {
                        var now = Interlocked.Increment(ref running);
                        InterlockedMax(ref most, now);
                        token.WaitHandle.WaitOne(5);
                        Interlocked.Decrement(ref running);
                        return Task.FromResult(i);
                    },
                    Token
                )
            )
            .ToArray();

        Assert.Equal(Enumerable.Range(0, 24), await Task.WhenAll(works).WaitAsync(Patience, Token));
        Assert.InRange(most, 1, 2);
        Assert.Equal((0, 0), (queue.Running, queue.Waiting));
    }

    [Fact]
    public async Task Run_AsManyWaitAsMay_RefusesTheNextOfThatPersonAlone()
    {
        await HoldAsync("hog");
        var waiting = Enumerable.Range(1, 4).Select(_ => Note("hog", "", [])).ToArray();

        var refused = Assert.Throws<TurnsBusyException>(() =>
        {
            _ = _queue.RunAsync("hog", _ => Task.FromResult(0), Token);
        });
        var other = Note("quiet", "", []);

        Assert.Equal(4, refused.Before);
        Assert.Contains("4 of yours wait already", refused.Message, StringComparison.Ordinal);
        _lock.Set();
        await Task.WhenAll([other, .. waiting]).WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Run_VisitorLeavesWhileItWaits_NeverBegins()
    {
        await HoldAsync("hog");
        using var leaving = new CancellationTokenSource();
        var begun = false;
        var left = _queue.RunAsync("hog", _ => Task.FromResult(begun = true), leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(Patience, Token));
        Assert.Equal(0, _queue.Waiting);
        _lock.Set();
        await _queue.RunAsync("quiet", _ => Task.FromResult(0), Token).WaitAsync(Patience, Token);
        Assert.False(begun);
    }

    [Fact]
    public async Task Run_VisitorLeavesWhileItRuns_EndsItAndServesTheNext()
    {
        using var leaving = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var running = _queue.RunAsync(
            "hog",
            token =>
            {
                begun.SetResult();
                token.WaitHandle.WaitOne(Patience);
                token.ThrowIfCancellationRequested();
                return Task.FromResult(0);
            },
            leaving.Token
        );
        await begun.Task.WaitAsync(Patience, Token);
        var next = _queue.RunAsync("quiet", _ => Task.FromResult(7), Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, Token));
        Assert.Equal(7, await next.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task AlsoFor_SecondPersonJoinsAWaitingTurn_IsServedAsTheirs()
    {
        var order = new ConcurrentQueue<string>();
        await HoldAsync("hog");
        var mine = Note("hog", "hog 1", order);
        var shared = _queue.Ask("hog", (_, _) => Noted("shared", order), null, Token);
        var later = Note("hog", "hog 2", order);
        shared.AlsoFor("quiet");
        _lock.Set();

        await Task.WhenAll(mine, shared.Result, later).WaitAsync(Patience, Token);

        Assert.Equal(["hog 1", "shared", "hog 2"], order);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Run_WorkThrows_GivesTheFailureAndFreesThePlace()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            _queue.RunAsync<int>("a", _ => throw new InvalidDataException("no"), Token).WaitAsync(Patience, Token)
        );

        Assert.Equal(1, await _queue.RunAsync("a", _ => Task.FromResult(1), Token).WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Run_WorkAwaits_GoesOnOnItsOwnThread()
    {
        var (before, after) = await _queue
            .RunAsync(
                "a",
                async token =>
                {
                    var thread = Environment.CurrentManagedThreadId;
                    await Task.Delay(1, token);
                    return (thread, Environment.CurrentManagedThreadId);
                },
                Token
            )
            .WaitAsync(Patience, Token);

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Run_OnLinux_YieldsOnItsThreadAndOnNoOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nice values of threads are those of Linux.");
        using var progressed = new SemaphoreSlim(0);
        var seen = await _queue
            .Ask(
                "a",
                (progress, _) =>
                {
                    progress.Report(1);
                    return Task.FromResult(NiceOf("thread-self"));
                },
                new Told(progressed),
                Token
            )
            .Result.WaitAsync(Patience, Token);
        Assert.True(await progressed.WaitAsync(Patience, Token));

        // Continuations make the pool grow; none of its threads may come from the turn's.
        var policies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(
                        () =>
                        {
                            Thread.SpinWait(1_000_000);
                            return NiceOf("thread-self");
                        },
                        Token
                    )
                )
        );
        var own = NiceOf("self");

        // The value is set, not added; a process that yields more already stays as it is.
        Assert.Equal(Math.Max(own, ThreadPriorities.Nice), seen);
        Assert.All(policies, policy => Assert.Equal(own, policy));
    }

    /// <summary>Takes the only place until the gate opens.</summary>
    private async Task HoldAsync(string person)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _queue.RunAsync(
            person,
            _ =>
            {
                begun.SetResult();
                Assert.True(_lock.Wait(Patience, Token));
                return Task.FromResult(0);
            },
            Token
        );
        await begun.Task.WaitAsync(Patience, Token);
    }

    private Task<int> Note(string person, string what, ConcurrentQueue<string> order) =>
        _queue.RunAsync(person, _ => Noted(what, order), Token);

    private static Task<int> Noted(string what, ConcurrentQueue<string> order)
    {
        order.Enqueue(what);
        return Task.FromResult(0);
    }

    // Field 19 of proc_pid_stat(5); the second may hold blanks.
    private static int NiceOf(string task) =>
        int.Parse(
            File.ReadAllText($"/proc/{task}/stat").Split(") ")[^1].Split(' ')[19 - 3],
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static void InterlockedMax(ref int most, int now)
    {
        for (
            var seen = Volatile.Read(ref most);
            now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen;
            seen = Volatile.Read(ref most)
        ) { }
    }

    private sealed class Told(SemaphoreSlim told) : IProgress<int>
    {
        public void Report(int value) => told.Release();
    }
}
