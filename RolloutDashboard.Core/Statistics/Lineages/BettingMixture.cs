namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Capital of a gambler who bets the fraction c of it, for several c at once, on a non-negative return x whose mean is
/// at most 1 if the null holds: the product of 1 - c + c x is then a non-negative supermartingale from 1, and so is its
/// mean over c. It exceeds 1 / alpha at any time with probability at most alpha (Ville 1939; Waudby-Smith and Ramdas
/// 2024, JRSS-B 86:1, section 4; Cover 1991 for the mixture).
/// </summary>
internal static class BettingMixture
{
    // Capital beyond this is thrown away, so that no product overflows; less capital only proves less.
    private const double Most = 1e150;

    private const double Count = 9;

    /// <summary>Number of fractions.</summary>
    public const int Size = 5;

    /// <summary>Fractions bet. Lineages are short and rates far apart, so half of the weight is on nearly
    /// everything.</summary>
    public static ReadOnlySpan<double> Fractions => [0.02, 0.1, 0.3, 0.65, 0.98];

    /// <summary>Their weights; they sum to 1.</summary>
    public static ReadOnlySpan<double> Weights => [1 / Count, 1 / Count, 1 / Count, 2 / Count, 4 / Count];

    public static void Start(Span<double> capital) => Weights.CopyTo(capital);

    /// <summary>Plays one round and returns the capital after it.</summary>
    public static double Play(Span<double> capital, double x)
    {
        var fractions = Fractions;
        var sum = 0.0;
        for (var i = 0; i < Size; i++)
        {
            capital[i] = Math.Min(Most, capital[i] * (1 + (fractions[i] * (x - 1))));
            sum += capital[i];
        }

        return sum;
    }

    /// <summary>Logarithm of the capital after returns of <paramref name="of"/>(value), each value as often as it was
    /// seen; the order does not matter.</summary>
    public static double Log(ValueCounts counts, Func<double, double> of)
    {
        Span<double> logs = stackalloc double[Size];
        for (var i = 0; i < Size; i++)
        {
            logs[i] = Math.Log(Weights[i]);
        }

        foreach (var (value, count) in counts.Items)
        {
            var x = of(value);
            for (var i = 0; i < Size; i++)
            {
                logs[i] += count * Math.Log(1 + (Fractions[i] * (x - 1)));
            }
        }

        return LogSum(logs);
    }

    /// <summary>Logarithm of the sum of exponentials.</summary>
    public static double LogSum(params ReadOnlySpan<double> logs)
    {
        var highest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            highest = Math.Max(highest, log);
        }

        if (double.IsInfinity(highest))
        {
            return highest;
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log - highest);
        }

        return highest + Math.Log(sum);
    }
}
