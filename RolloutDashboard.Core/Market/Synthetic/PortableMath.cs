namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>
/// Exponential and logarithm from additions, multiplications and divisions only. The runtime's own call the platform's
/// library, whose last digit differs between systems; a market made from a seed must have one data version everywhere.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;

    /// <summary>e^x for |x| below 700, relative error about 1e-15 (Taylor series after reduction to |r| at most ln 2 /
    /// 2).</summary>
    public static double Exp(double x)
    {
        var power = Math.Floor((x / (Ln2High + Ln2Low)) + 0.5);
        var rest = x - (power * Ln2High) - (power * Ln2Low);
        var sum = 1.0;
        for (var n = 13; n >= 1; n--)
        {
            sum = 1 + (rest * sum / n);
        }

        return Math.ScaleB(sum, (int)power);
    }

    /// <summary>Natural logarithm for x above 0 (series of 2 artanh((m - 1) / (m + 1)) for a mantissa near
    /// 1).</summary>
    public static double Log(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var z = (mantissa - 1) / (mantissa + 1);
        var square = z * z;
        var sum = 0.0;
        for (var n = 21; n >= 1; n -= 2)
        {
            sum = (sum * square) + (1.0 / n);
        }

        return (exponent * Ln2High) + ((exponent * Ln2Low) + (2 * z * sum));
    }
}
