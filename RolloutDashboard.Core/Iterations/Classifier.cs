using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Computes levels from metrics; nobody's word for a level is ever taken.</summary>
public static class Classifier
{
    private const double RequiredShare = 0.6;

    /// <param name="executed">Whether the strategy ran at all.</param>
    /// <returns>The level by the share of {Sharpe, total return, max drawdown} that is present and finite, and the sign
    /// of Sharpe.</returns>
    public static SuccessLevel Classify(bool executed, double? sharpeRatio, double? totalReturn, double? maxDrawdown)
    {
        if (!executed)
        {
            return SuccessLevel.Failed;
        }

        var present = Count(sharpeRatio) + Count(totalReturn) + Count(maxDrawdown);
        if (present / 3.0 < RequiredShare)
        {
            return SuccessLevel.Executed;
        }

        return sharpeRatio is { } sharpe && double.IsFinite(sharpe) && sharpe > 0
            ? SuccessLevel.Profitable
            : SuccessLevel.Measured;
    }

    private static int Count(double? value) => value is { } number && double.IsFinite(number) ? 1 : 0;
}
