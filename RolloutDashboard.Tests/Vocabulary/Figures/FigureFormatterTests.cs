using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Tests.Vocabulary.Figures;

public sealed class FigureFormatterTests
{
    [Theory]
    [InlineData(0.8, "80 %", "80.0 %", "80 %")]
    [InlineData(0.8255, "82.55 %", "82.6 %", "83 %")]
    [InlineData(12.34, "1234 %", "1234.0 %", "1,234 %")]
    public void Share_ShortMeasuredAndRounded_HasTheDigitsOfEach(double share, string limit, string rate, string whole)
    {
        Assert.Equal(limit, FigureFormatter.ShortPercent(share));
        Assert.Equal(rate, FigureFormatter.Rate(share));
        Assert.Equal(whole, FigureFormatter.Percent(share));
    }

    [Theory]
    [InlineData(0.15, "0.15", "0.15")]
    [InlineData(1234.5, "1,234.5", "1,234.50")]
    [InlineData(2e18, "2E+18", "2E+18")]
    public void Number_ShortAndFixed_HasTheDigitsOfEach(double number, string shortest, string two)
    {
        Assert.Equal(shortest, FigureFormatter.ShortNumber(number));
        Assert.Equal(two, FigureFormatter.Number(number));
    }
}
