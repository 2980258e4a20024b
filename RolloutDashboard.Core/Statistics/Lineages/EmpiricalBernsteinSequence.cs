using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Mean of values from 0 to 1 at every look: predictable plug-in empirical Bernstein (Waudby-Smith and Ramdas 2024,
/// theorem 2, with c = 1/2; confseq <c>predmix_empbern_cs</c>). Wider than betting on few values; kept for comparison.
/// </summary>
public static class EmpiricalBernsteinSequence
{
    private const double Largest = 0.5;

    /// <summary>Interval that holds at all looks with probability 1 - <paramref name="alpha"/>. Nothing observed leaves
    /// 0 to 1.</summary>
    public static Bounds Interval(IEnumerable<double> inOrder, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        double sum = 0,
            squares = 0,
            bets = 0,
            weighted = 0,
            width = Math.Log(2 / alpha),
            mean = 0.5,
            variance = 0.25;
        var t = 0;
        foreach (var value in inOrder)
        {
            t++;
            var bet = Math.Min(Largest, Math.Sqrt(2 * Math.Log(2 / alpha) / (variance * t * Math.Log(1 + t))));
            bets += bet;
            weighted += bet * value;
            width += (value - mean) * (value - mean) * (-Math.Log(1 - bet) - bet);
            sum += value;
            mean = (0.5 + sum) / (t + 1);
            squares += (value - mean) * (value - mean);
            variance = (0.25 + squares) / (t + 1);
        }

        return t == 0
            ? new Bounds(0, 1)
            : new Bounds(Math.Max(0, (weighted - width) / bets), Math.Min(1, (weighted + width) / bets));
    }
}
