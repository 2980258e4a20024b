using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.Tests.Strategies.FullCode;

public sealed class StrategyApiDescriptionTests
{
    [Theory]
    [InlineData("abstract void Score(MarketHistory market, Span<double> scores);")]
    [InlineData("virtual double? StopLoss { get; }")]
    [InlineData("double Return(int stock, int days, int skip = 0);")]
    [InlineData("static void Rank(ReadOnlySpan<double> values, Span<double> ranks);")]
    [InlineData("// Number of stocks.")]
    [InlineData("// Latest published return on equity, in percent.")]
    [InlineData("// Sample standard deviation (divisor n - 1).")]
    public void Text_HoldsDeclarationsAndTheirWords(string line) =>
        Assert.Contains(line, StrategyApiDescription.Text, StringComparison.Ordinal);

    [Fact]
    public void Text_HoldsNothingInternal() =>
        Assert.DoesNotContain("Append(", StrategyApiDescription.Text, StringComparison.Ordinal);

    [Fact]
    public void Fields_AreThoseOfTheMarket() =>
        Assert.Equal(
            Enum.GetValues<MarketField>().Select(field => (field.ToString(), (int)field)),
            Enum.GetValues<Field>().Select(field => (field.ToString(), (int)field))
        );
}
