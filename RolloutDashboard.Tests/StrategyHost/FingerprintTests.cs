namespace RolloutDashboard.Tests.StrategyHost;

public sealed class FingerprintTests(CompilerFixture fixture) : IClassFixture<CompilerFixture>
{
    private const string Source =
        "public class A : Strategy { private int _n = 20; public override void Score(MarketHistory market, Span<double> scores) { for (var i = 0; i < scores.Length; i++) { scores[i] = market.Return(i, _n); } } }";

    [Theory]
    [InlineData("_n", "_days")]
    [InlineData("class A", "class Momentum")]
    [InlineData(" { ", "\n{\n    // a remark\n    ")]
    [InlineData("market", "m")]
    [InlineData("public class", "using System; /* x */ public class")]
    public void Fingerprint_OtherNamesSpacesAndRemarks_IsEqual(string old, string other)
    {
        Assert.Equal(Of(Source), Of(Source.Replace(old, other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("20", "21")]
    [InlineData("market.Return", "market.Volatility")]
    [InlineData("i < scores", "i <= scores")]
    public void Fingerprint_OtherMeaning_Differs(string old, string other)
    {
        Assert.NotEqual(Of(Source), Of(Source.Replace(old, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void Fingerprint_VariableCalledLikeAMember_DoesNotHideTheMember()
    {
        const string Close = "var Close = market.Close(i); scores[i] = Close;";
        var source = Source.Replace("scores[i] = market.Return(i, _n);", Close, StringComparison.Ordinal);

        Assert.NotEqual(
            Of(
                source
                    .Replace("Close", "Max", StringComparison.Ordinal)
                    .Replace("Max(i)", "Max(Field.Close, i, 5)", StringComparison.Ordinal)
            ),
            Of(
                source
                    .Replace("Close", "Min", StringComparison.Ordinal)
                    .Replace("Min(i)", "Min(Field.Close, i, 5)", StringComparison.Ordinal)
            )
        );
    }

    private string Of(string source)
    {
        var program = fixture.Compiler.Compile(source);
        Assert.Empty(program.Findings);
        return program.Fingerprint;
    }
}
