using Bunit;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Formatting;

public sealed class LocalTimeTests
{
    [Fact]
    public async Task Moment_TextBehindIt_FollowsWithoutASpace()
    {
        await using var page = new PageContext();

        var moment = page.Render<LocalTime>(parameters => parameters.Add(one => one.At, DateTimeOffset.UnixEpoch));

        Assert.StartsWith("<time", moment.Markup, StringComparison.Ordinal);
        Assert.EndsWith("</time>", moment.Markup, StringComparison.Ordinal);
    }
}
