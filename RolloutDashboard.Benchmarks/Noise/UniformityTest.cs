namespace RolloutDashboard.Benchmarks.Noise;

/// <summary>Kolmogorov and Smirnov's test of p-values against the uniform distribution.</summary>
/// <param name="Distance">Largest distance of the two distribution functions.</param>
/// <param name="P">By the limit distribution with Stephens' (1970) correction for n.</param>
internal sealed record UniformityTest(double Distance, double P)
{
    public static UniformityTest Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var distance = 0d;
        for (var place = 0; place < sorted.Length; place++)
        {
            var (below, above) = ((double)place / sorted.Length, (place + 1d) / sorted.Length);
            distance = Math.Max(distance, Math.Max(above - sorted[place], sorted[place] - below));
        }

        var root = Math.Sqrt(sorted.Length);
        var scaled = (root + 0.12 + (0.11 / root)) * distance;
        var p = 0d;
        for (var term = 1; term <= 100; term++)
        {
            p += (term % 2 == 1 ? 2 : -2) * Math.Exp(-2d * term * term * scaled * scaled);
        }

        return new UniformityTest(distance, Math.Clamp(p, 0, 1));
    }
}
