using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Tests.Feed;

public sealed class RolloutFeedTests
{
    private readonly RolloutFeed _feed = new(NullLogger<RolloutFeed>.Instance);
    private int _mattered;
    private int _told;

    public RolloutFeedTests()
    {
        _feed.Mattering += () => _mattered++;
        _feed.Subscribe(() =>
        {
            _told++;
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Publish_Something_MattersAndTellsThePages()
    {
        _feed.Publish();

        Assert.Equal((1, 1, 1L), (_mattered, _told, _feed.Version));
    }

    [Fact]
    public void PublishProgress_AnIteration_TellsThePagesAlone()
    {
        _feed.PublishProgress();

        Assert.Equal((0, 1, 1L), (_mattered, _told, _feed.Version));
    }
}
