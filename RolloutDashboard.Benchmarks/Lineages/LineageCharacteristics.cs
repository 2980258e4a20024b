using System.Diagnostics;
using System.Globalization;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Lineages;

namespace RolloutDashboard.Benchmarks.Lineages;

/// <summary>How often "proven for the mode" is wrong and how soon it is right, by memory and length of lineages, with
/// fixed seeds: the tables of docs/statistics.md.</summary>
internal sealed class LineageCharacteristics(TextWriter output, int runs)
{
    private const int Seed = 20261130;
    private static readonly int[] Lengths = [5, 10, 20, 0];
    private static readonly int[] Samples = [100, 200, 300, 500];
    private static readonly Memory[] Memories = [Memory.None, Memory.Drift, Memory.Urn, Memory.Lineage];

    public void Run()
    {
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{runs:#,0} runs a cell, seed {Seed}, alpha 5 % a side.\n")
        );
        Errors();
        Power();
        Candidates();
        Cost();
    }

    private static LineageScenario Alike(Memory memory) =>
        new("ratio 1", memory, 1, memory == Memory.Lineage ? ((0.3, 0.8), (0.3, 0.8)) : ((0.5, 0), (0.5, 0)));

    private static LineageScenario TrueRatioTwo(Memory memory) =>
        Alike(memory) with
        {
            Name = "ratio 2",
            Ratio = 2,
            Kept = 0.5,
        };

    private static LineageScenario Apart(Memory memory) =>
        new("80 : 25", memory, 2, memory == Memory.Lineage ? ((0.75, 0.95), (0.2, 0.4)) : ((0.8, 0), (0.25, 0)));

    private void Errors()
    {
        output.WriteLine(
            "| truth | memory | length | proven above, by 200 an arm | proven below, by 200 | proven above, by 1,000 | proven below, by 1,000 |"
        );
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var scenario in Memories.SelectMany(memory => new[] { Alike(memory), TrueRatioTwo(memory) }))
        {
            foreach (var length in Lengths)
            {
                var first = Simulate(scenario, length, 1000);
                output.WriteLine(
                    $"| {scenario.Name} | {Name(scenario.Memory)} | {Name(length)} | {Share(first, one => one.Above <= 200)} | {Share(first, one => one.Below <= 200)} | {Share(first, one => one.Above is not null)} | {Share(first, one => one.Below is not null)} |"
                );
            }
        }

        output.WriteLine();
    }

    private void Power()
    {
        output.WriteLine("| memory | length | 100 an arm | 200 | 300 | 500 |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var memory in Memories)
        {
            foreach (var length in Lengths.Where(length => length > 0 || memory == Memory.None))
            {
                var first = Simulate(Apart(memory), length, 500);
                var cells = Samples.Select(n => Share(first, one => one.Above <= n));
                output.WriteLine($"| {Name(memory)} | {Name(length)} | {string.Join(" | ", cells)} |");
            }
        }

        output.WriteLine();
    }

    private void Candidates()
    {
        output.WriteLine("| bound | length | 100 an arm | 200 | 300 | 500 |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var length in new[] { 5, 10 })
        {
            foreach (var (name, proves) in LineageCandidates.All)
            {
                var cells = Samples.Select(n =>
                    Share(Of(run => Apart(Memory.None).Outcomes(length, n, Seed + run)), outcomes =>
                        proves(LineageScenario.Units(outcomes, length))
                    )
                );
                output.WriteLine($"| {name} | {Name(length)} | {string.Join(" | ", cells)} |");
            }
        }

        output.WriteLine();
    }

    // One look, up to 100,000 iterations in all.
    private void Cost()
    {
        const int Length = ModeProof.DefaultLength;
        output.WriteLine("| lineages an arm | truth | whether proven | with bounds and expectation |");
        output.WriteLine("|---|---|---|---|");
        foreach (var scenario in new[] { Apart(Memory.None), TrueRatioTwo(Memory.None) })
        {
            foreach (var lineages in new[] { 20, 200, 10_000 })
            {
                var units = LineageScenario.Units(scenario.Outcomes(Length, lineages * Length, Seed), Length);
                LineageUnit[] all =
                [
                    .. units.Select(unit => new LineageUnit(
                        "",
                        unit.IsJson,
                        (int)Math.Round(unit.Value * Length),
                        Length,
                        Length,
                        UnitEnd.Complete
                    )),
                ];
                var tested = new ContrastNull(scenario.Ratio);
                var decision = Milliseconds(() => ContrastSequence.FirstProof(units, tested));
                var whole = Milliseconds(() => ModeProof.OfRatio(all, scenario.Ratio));
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {lineages:#,0} | {scenario.Name} | {decision:0.0} ms | {whole:0.0} ms |"
                    )
                );
            }
        }
    }

    // Processor time, since the machine may have other work.
    private static double Milliseconds<T>(Func<T> ask)
    {
        const int Times = 100;
        for (var i = 0; i < Times; i++)
        {
            ask();
        }

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Times; i++)
        {
            ask();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Times;
    }

    private (int? Above, int? Below)[] Simulate(LineageScenario scenario, int length, int iterations) =>
        Of(run => scenario.Simulate(length, iterations, Seed + run));

    private T[] Of<T>(Func<int, T> simulate)
    {
        var results = new T[runs];
        Parallel.For(0, runs, run => results[run] = simulate(run));
        return results;
    }

    /// <summary>With exact 95 % limits (Clopper and Pearson 1934).</summary>
    private static string Share<T>(T[] results, Func<T, bool> isTrue)
    {
        var hits = results.AsParallel().Count(isTrue);
        var limits = ProportionIntervals.ClopperPearson(hits, results.Length);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100.0 * hits / results.Length:0.0} % ({100 * limits.Lower:0.0} to {100 * limits.Upper:0.0})"
        );
    }

    private static string Name(int length) => length == 0 ? "no end, over iterations" : $"{length}";

    private static string Name(Memory memory) =>
        memory switch
        {
            Memory.Drift => "drift",
            Memory.Urn => "urn",
            Memory.Lineage => "lineage",
            _ => "none",
        };
}
