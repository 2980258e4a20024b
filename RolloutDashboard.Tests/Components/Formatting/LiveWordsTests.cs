using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Feed;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Formatting;

public sealed class LiveWordsTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(86400, "24 h")]
    [InlineData(7 * 86400, "7 d")]
    [InlineData((4 * 86400) + (3 * 3600), "4 d 3 h")]
    [InlineData(-5, "0 s")]
    public void Duration_InSeconds_IsInWords(int seconds, string words) =>
        Assert.Equal(words, AgeFormatter.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(4, "4 ms")]
    [InlineData(840, "0.84 s")]
    [InlineData(12340, "12.3 s")]
    [InlineData(125000, "2 min 5 s")]
    public void Precise_InMilliseconds_IsInWords(int milliseconds, string words) =>
        Assert.Equal(words, AgeFormatter.Precise(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("1h")]
    [InlineData("24h")]
    [InlineData("7d")]
    [InlineData("all")]
    public void Range_ParsedFromItsCode_IsTheSame(string code) => Assert.Equal(code, TimeRange.Parse(code).Code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9000y")]
    public void Range_UnknownCode_IsTheDay(string? code) => Assert.Equal(TimeRange.Day, TimeRange.Parse(code));

    [Fact]
    public void ViewerTime_UnknownZone_UsesItsOffset()
    {
        var clock = new ViewerTimeProvider(new FakeTimeProvider(Scripted.Start));

        clock.Learn(new BrowserZone("no/such-zone", 330));

        Assert.Equal("14:30:00", clock.Show(Scripted.Start));
        Assert.Equal("2026-03-02 14:30:00 +05:30", clock.ShowFully(Scripted.Start));
        Assert.Equal("1 Mar 14:30", clock.Show(Scripted.Start.AddDays(-1)));
    }
}
