namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Root finding for monotone functions.</summary>
public static class Roots
{
    /// <summary>
    /// Where <paramref name="function"/> changes sign between the two ends, to the last bit that doubles allow.
    /// Without a change of sign, the end whose value is nearer to 0; NaN where the function is not defined.
    /// </summary>
    public static double Bisect(Func<double, double> function, double low, double high)
    {
        var atLow = function(low);
        var atHigh = function(high);
        if (atLow == 0)
        {
            return low;
        }

        if (double.IsNaN(atLow) || double.IsNaN(atHigh))
        {
            return double.NaN;
        }

        if (Math.Sign(atLow) == Math.Sign(atHigh))
        {
            return Math.Abs(atLow) < Math.Abs(atHigh) ? low : high;
        }

        return Halve(function, low, high, Math.Sign(atLow));
    }

    private static double Halve(Func<double, double> function, double low, double high, int signAtLow)
    {
        for (var step = 0; step < 200; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            var atMiddle = function(middle);
            if (double.IsNaN(atMiddle))
            {
                return double.NaN;
            }

            if (Math.Sign(atMiddle) == signAtLow)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low + ((high - low) / 2);
    }
}
