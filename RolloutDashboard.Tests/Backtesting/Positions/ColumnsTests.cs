using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Tests.Backtesting.Positions;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void SumScaled_AnyLength_IsToTheBitWhatAddingOneAfterTheOtherGives(int count)
    {
        var random = new Random(count);
        double[] source = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        ScaledColumn[] columns =
        [
            .. Enumerable.Range(0, count).Select(_ => new ScaledColumn(random.Next(150), random.NextDouble())),
        ];
        for (var length = 0; length <= 50; length++)
        {
            double[] expected = new double[length],
                sum = [.. Enumerable.Repeat(double.NaN, length)];
            foreach (var column in columns)
            {
                Columns.AddScaled(expected, source.AsSpan(column.Start, length), column.Factor);
            }

            Columns.SumScaled(source, columns, sum);

            Assert.Equal(expected, sum);
        }
    }
}
