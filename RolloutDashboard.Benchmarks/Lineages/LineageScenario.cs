using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Lineages;

namespace RolloutDashboard.Benchmarks.Lineages;

/// <summary>Two arms with known rates.</summary>
/// <param name="Ratio">What is claimed.</param>
/// <param name="Rates">Of JSON: at the start and once found; of full code likewise.</param>
/// <param name="Kept">Share of full code's successes that stay one, so that its rate is this much of the chain's in
/// every memory.</param>
internal sealed record LineageScenario(
    string Name,
    Memory Memory,
    double Ratio,
    ((double Start, double Found) Json, (double Start, double Found) FullCode) Rates,
    double Kept = 1
)
{
    /// <summary>First iteration of an arm at which the ratio is proven above and below what is claimed; null if
    /// never.</summary>
    public (int? Above, int? Below) Simulate(int length, int iterations, int seed)
    {
        var outcomes = Outcomes(length, iterations, seed);
        return length > 0 ? ByLineages(outcomes, length) : ByIterations(outcomes);
    }

    /// <summary>Outcomes of both arms by iteration.</summary>
    public (bool Json, bool FullCode)[] Outcomes(int length, int iterations, int seed)
    {
        var random = new Random(seed);
        var json = new MemoryChain(Memory, Rates.Json.Start, Rates.Json.Found, random);
        var fullCode = new MemoryChain(Memory, Rates.FullCode.Start, Rates.FullCode.Found, random);
        var outcomes = new (bool, bool)[iterations];
        for (var i = 0; i < iterations; i++)
        {
            if (i == 0 || (length > 0 && i % length == 0))
            {
                json.Restart();
                fullCode.Restart();
            }

            var (one, zero) = (json.Next(), fullCode.Next());
            outcomes[i] = (one, zero && (Kept >= 1 || random.NextDouble() < Kept));
        }

        return outcomes;
    }

    /// <summary>Complete lineages, one of each arm in turn.</summary>
    public static List<LineageValue> Units((bool Json, bool FullCode)[] outcomes, int length)
    {
        var units = new List<LineageValue>();
        for (var start = 0; start + length <= outcomes.Length; start += length)
        {
            var lineage = outcomes.AsSpan(start, length);
            var (json, fullCode) = (0.0, 0.0);
            foreach (var (one, zero) in lineage)
            {
                json += one ? 1 : 0;
                fullCode += zero ? 1 : 0;
            }

            units.Add(new LineageValue("", true, json / length));
            units.Add(new LineageValue("", false, fullCode / length));
        }

        return units;
    }

    private (int? Above, int? Below) ByLineages((bool, bool)[] outcomes, int length)
    {
        var units = Units(outcomes, length);
        var tested = new ContrastNull(Ratio);
        int? At(int? seen) => (seen + 1) / 2 * length;
        return (
            At(ContrastSequence.FirstProof(units, tested)),
            At(
                ContrastSequence.FirstProof(
                    [.. units.Select(unit => unit with { Value = 1 - unit.Value })],
                    tested.Mirrored()
                )
            )
        );
    }

    private (int? Above, int? Below) ByIterations((bool Json, bool FullCode)[] outcomes)
    {
        var (x1, x0) = (0, 0);
        (int? Above, int? Below) first = (null, null);
        for (var n = 1; n <= outcomes.Length; n++)
        {
            x1 += outcomes[n - 1].Json ? 1 : 0;
            x0 += outcomes[n - 1].FullCode ? 1 : 0;
            if (n >= 10)
            {
                var bounds = RatioSequence.Contrast(new TwoArms(x1, n, x0, n), Ratio);
                first = (first.Above ?? (bounds.Lower >= 0 ? n : null), first.Below ?? (bounds.Upper < 0 ? n : null));
            }
        }

        return first;
    }
}
