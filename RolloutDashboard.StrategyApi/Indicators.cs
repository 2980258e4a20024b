namespace RolloutDashboard.StrategyApi;

/// <summary>Calculations over a series, oldest value first. NaN values are left out; NaN is the answer if more than
/// half are missing.</summary>
public static class Indicators
{
    /// <summary>Arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return Enough(count, values.Length) ? sum / count : double.NaN;
    }

    /// <summary>Sample standard deviation (divisor n - 1).</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += (value - mean) * (value - mean);
                count++;
            }
        }

        return Enough(count, values.Length) && count > 1 ? Math.Sqrt(sum / (count - 1)) : double.NaN;
    }

    /// <summary>Sample standard deviation of the returns from value to value.</summary>
    public static double Volatility(ReadOnlySpan<double> prices)
    {
        if (prices.Length < 3)
        {
            return double.NaN;
        }

        var (sum, count) = (0.0, 0);
        for (var i = 1; i < prices.Length; i++)
        {
            if (StepReturn(prices, i) is var step && !double.IsNaN(step))
            {
                sum += step;
                count++;
            }
        }

        if (!Enough(count, prices.Length - 1) || count < 2)
        {
            return double.NaN;
        }

        var (mean, squares) = (sum / count, 0.0);
        for (var i = 1; i < prices.Length; i++)
        {
            if (StepReturn(prices, i) is var step && !double.IsNaN(step))
            {
                squares += (step - mean) * (step - mean);
            }
        }

        return Math.Sqrt(squares / (count - 1));
    }

    /// <summary>Largest value.</summary>
    public static double Max(ReadOnlySpan<double> values)
    {
        var (largest, count) = (double.NegativeInfinity, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                largest = Math.Max(largest, value);
                count++;
            }
        }

        return Enough(count, values.Length) ? largest : double.NaN;
    }

    /// <summary>Smallest value.</summary>
    public static double Min(ReadOnlySpan<double> values)
    {
        var (smallest, count) = (double.PositiveInfinity, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                smallest = Math.Min(smallest, value);
                count++;
            }
        }

        return Enough(count, values.Length) ? smallest : double.NaN;
    }

    /// <summary>Slope of the least-squares line, per step.</summary>
    public static double Slope(ReadOnlySpan<double> values)
    {
        var (n, sumX, sumY, sumXX, sumXY) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                n++;
                sumX += i;
                sumY += values[i];
                sumXX += (double)i * i;
                sumXY += i * values[i];
            }
        }

        var divisor = (n * sumXX) - (sumX * sumX);
        return Enough(n, values.Length) && divisor > 0 ? ((n * sumXY) - (sumX * sumY)) / divisor : double.NaN;
    }

    /// <summary>Pearson correlation of two series of equal length.</summary>
    public static double Correlation(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException("The series differ in length.", nameof(right));
        }

        var (n, sumL, sumR, sumLL, sumRR, sumLR) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            if (!double.IsNaN(left[i]) && !double.IsNaN(right[i]))
            {
                n++;
                sumL += left[i];
                sumR += right[i];
                sumLL += left[i] * left[i];
                sumRR += right[i] * right[i];
                sumLR += left[i] * right[i];
            }
        }

        var spread = ((n * sumLL) - (sumL * sumL)) * ((n * sumRR) - (sumR * sumR));
        return Enough(n, left.Length) && spread > 0 ? ((n * sumLR) - (sumL * sumR)) / Math.Sqrt(spread) : double.NaN;
    }

    /// <summary>Share of the gains in all moves, 0 to 100 (relative strength index with plain means).</summary>
    public static double RelativeStrength(ReadOnlySpan<double> prices)
    {
        var (gains, moves, count) = (0.0, 0.0, 0);
        for (var i = 1; i < prices.Length; i++)
        {
            var move = prices[i] - prices[i - 1];
            if (!double.IsNaN(move))
            {
                gains += Math.Max(move, 0);
                moves += Math.Abs(move);
                count++;
            }
        }

        return Enough(count, prices.Length - 1) && moves > 0 ? 100 * gains / moves : double.NaN;
    }

    /// <summary>Exponentially weighted mean with weight 2 / (length + 1) for the latest value.</summary>
    public static double ExponentialMean(ReadOnlySpan<double> values)
    {
        var (mean, count, weight) = (double.NaN, 0, 2.0 / (values.Length + 1));
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                mean = count == 0 ? value : mean + (weight * (value - mean));
                count++;
            }
        }

        return Enough(count, values.Length) ? mean : double.NaN;
    }

    /// <summary>Ranks from 0 (lowest) to 1 (highest); equal values share their mean rank, NaN stays NaN.</summary>
    /// <param name="values">The values to rank, for example one per stock.</param>
    /// <param name="ranks">Receives one rank per value; as long as the values.</param>
    public static void Rank(ReadOnlySpan<double> values, Span<double> ranks)
    {
        if (values.Length != ranks.Length)
        {
            throw new ArgumentException("Values and ranks differ in length.", nameof(ranks));
        }

        var keys = values.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var first = 0;
        while (first < keys.Length && double.IsNaN(keys[first]))
        {
            ranks[order[first]] = double.NaN;
            first++;
        }

        var known = keys.Length - first;
        for (var start = first; start < keys.Length; )
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            var middle = ((start + end - 1) / 2.0) - first;
            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = known > 1 ? middle / (known - 1) : 0.5;
            }

            start = end;
        }
    }

    private static double StepReturn(ReadOnlySpan<double> prices, int day) =>
        prices[day - 1] > 0 ? (prices[day] / prices[day - 1]) - 1 : double.NaN;

    private static bool Enough(int present, int asked) => present > 0 && present * 2 >= asked;
}
