using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Tests.Feed;

public sealed class PageDrawingTests
{
    [Fact]
    public async Task Total_ManyDrawAtOnce_CountsEachMomentOnce()
    {
        var clock = new FakeTimeProvider();
        using var drawing = new PageDrawing(clock);
        var first = await drawing.BeginAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = await drawing.BeginAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), drawing.Total);

        first.Dispose();
        first.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
        second.Dispose();
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromSeconds(3), drawing.Total);
    }

    [Fact]
    public async Task Begin_AllPlacesTakenForGood_GoesOnAllTheSame()
    {
        using var drawing = new PageDrawing(new FakeTimeProvider());
        for (var i = 0; i < Environment.ProcessorCount + 2; i++)
        {
            // None of them ever ends, as a page whose reading hangs.
            await drawing.BeginAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }
}
