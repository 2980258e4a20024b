using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Turns;

public sealed class BulkWritesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WhileAnotherRests_WaitsSevenTimesAsLongAsItsWriteTook()
    {
        var clock = new FakeTimeProvider();
        using var writes = new BulkWrites(clock);
        var second = false;
        var first = writes.RunAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.CompletedTask;
            },
            Token
        );
        var next = writes.RunAsync(
            () =>
            {
                second = true;
                return Task.CompletedTask;
            },
            Token
        );

        clock.Advance(TimeSpan.FromMilliseconds(699));
        Assert.False(first.IsCompleted);
        Assert.False(second);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await Task.WhenAll(first, next).WaitAsync(Patience, Token);
        Assert.True(second);
    }

    [Fact]
    public async Task Run_Fails_LetsTheNextGoOn()
    {
        using var writes = new BulkWrites(new FakeTimeProvider());
        await Assert.ThrowsAsync<IOException>(() => writes.RunAsync(() => throw new IOException("full"), Token));

        await writes.RunAsync(() => Task.CompletedTask, Token).WaitAsync(Patience, Token);
    }
}
