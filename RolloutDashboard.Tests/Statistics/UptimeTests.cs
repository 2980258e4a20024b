using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Tests.Statistics;

public sealed class UptimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Share_Gap_CountsAsDownTime() =>
        Assert.Equal(0.75, Uptime.Share([Span(0, 30), Span(45, 60)], Noon, Noon.AddMinutes(60))!.Value, 12);

    [Fact]
    public void Share_Overlap_CountsOnce() =>
        Assert.Equal(0.5, Uptime.Share([Span(0, 20), Span(10, 30)], Noon, Noon.AddMinutes(60))!.Value, 12);

    [Fact]
    public void Share_FirstStartInsideTheWindow_CountsFromThere() =>
        Assert.Equal(1, Uptime.Share([Span(30, 60)], Noon, Noon.AddMinutes(60))!.Value, 12);

    [Fact]
    public void Share_DownWhenTheWindowBegan_CountsFromItsStart() =>
        Assert.Equal(0.25, Uptime.Share([Span(-60, -10), Span(45, 60)], Noon, Noon.AddMinutes(60))!.Value, 12);

    [Fact]
    public void Share_DownThroughout_IsZero() =>
        Assert.Equal(0, Uptime.Share([Span(-60, -10)], Noon, Noon.AddMinutes(60)));

    [Fact]
    public void Share_Nothing_IsUnknown() => Assert.Null(Uptime.Share([], Noon, Noon.AddMinutes(60)));

    private static AliveSpan Span(int from, int to) => new(Noon.AddMinutes(from), Noon.AddMinutes(to));
}
