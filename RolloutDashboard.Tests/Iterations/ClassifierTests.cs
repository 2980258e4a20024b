using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Iterations;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData(false, 1.0, 0.1, -0.1, SuccessLevel.Failed)]
    [InlineData(true, null, null, null, SuccessLevel.Executed)]
    [InlineData(true, 1.0, null, null, SuccessLevel.Executed)]
    [InlineData(true, 1.0, double.NaN, double.PositiveInfinity, SuccessLevel.Executed)]
    [InlineData(true, null, 0.1, -0.1, SuccessLevel.Measured)]
    [InlineData(true, 0.0, 0.1, -0.1, SuccessLevel.Measured)]
    [InlineData(true, -0.2, 0.1, -0.1, SuccessLevel.Measured)]
    [InlineData(true, double.NaN, 0.1, -0.1, SuccessLevel.Measured)]
    [InlineData(true, 0.01, 0.1, null, SuccessLevel.Profitable)]
    [InlineData(true, 0.01, -0.1, -0.1, SuccessLevel.Profitable)]
    public void Classify_Metrics_GiveTheLevel(
        bool executed,
        double? sharpe,
        double? totalReturn,
        double? drawdown,
        SuccessLevel expected
    ) => Assert.Equal(expected, Classifier.Classify(executed, sharpe, totalReturn, drawdown));
}
