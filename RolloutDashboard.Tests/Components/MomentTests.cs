using Bunit;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class MomentTests
{
    [Fact]
    public async Task Moment_TextBehindIt_FollowsWithoutASpace()
    {
        await using var page = new PageContext();

        var moment = page.Render<Moment>(parameters => parameters.Add(one => one.At, DateTimeOffset.UnixEpoch));

        Assert.StartsWith("<time", moment.Markup, StringComparison.Ordinal);
        Assert.EndsWith("</time>", moment.Markup, StringComparison.Ordinal);
    }
}
