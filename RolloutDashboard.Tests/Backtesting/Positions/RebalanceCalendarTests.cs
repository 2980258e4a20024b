using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Tests.Backtesting.Positions;

public sealed class RebalanceCalendarTests
{
    private static readonly DateOnly[] Dates = ReferencePanel.Weekdays(70);

    [Fact]
    public void SignalDays_Monthly_AreLastTradingDaysOfMonths() =>
        Assert.Equal(["2015-01-30", "2015-02-27", "2015-03-31"], Days(Resample.Monthly, 0));

    [Fact]
    public void SignalDays_MonthlyWithOffset_WaitTradingDays() =>
        Assert.Equal(["2015-02-03", "2015-03-03", "2015-04-02"], Days(Resample.Monthly, 2));

    [Fact]
    public void SignalDays_Quarterly_AreLastTradingDaysOfQuarters() =>
        Assert.Equal(["2015-03-31"], Days(Resample.Quarterly, 0));

    [Fact]
    public void SignalDays_Weekly_FollowIsoWeeksAcrossTheYear()
    {
        DateOnly[] dates = [new(2020, 12, 30), new(2020, 12, 31), new(2021, 1, 1), new(2021, 1, 4), new(2021, 1, 5)];

        Assert.Equal([2], RebalanceCalendar.SignalDays(dates, Resample.Weekly, 0, dates.Length));
    }

    [Fact]
    public void SignalDays_WithoutTradeDay_DoNotCount()
    {
        var end = Array.IndexOf(Dates, new DateOnly(2015, 1, 30));

        Assert.Empty(RebalanceCalendar.SignalDays(Dates, Resample.Monthly, 0, end + 1));
        Assert.Equal([end], RebalanceCalendar.SignalDays(Dates, Resample.Monthly, 0, end + 2));
        Assert.Empty(RebalanceCalendar.SignalDays(Dates, Resample.Monthly, 1, end + 2));
    }

    [Theory]
    [InlineData(Resample.Weekly)]
    [InlineData(Resample.Monthly)]
    [InlineData(Resample.Quarterly)]
    public void SignalDays_AnyOffset_Increase(Resample resample)
    {
        for (var offset = 0; offset < 5; offset++)
        {
            var days = RebalanceCalendar.SignalDays(Dates, resample, offset, Dates.Length);
            Assert.True(days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second));
        }
    }

    private static IEnumerable<string> Days(Resample resample, int offset) =>
        RebalanceCalendar
            .SignalDays(Dates, resample, offset, Dates.Length)
            .Select(day => Dates[day].ToString("yyyy-MM-dd"));
}
