using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Iterations measured on different bases.</summary>
internal sealed class MetricBasisCheck : IEvidenceCheck
{
    public string Code => "metric-basis";

    public bool FitsParts => false;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        (string Name, Func<CheckedIteration, string?> Of)[] parts =
        [
            ("metric basis", one => one.MetricBasis),
            ("market data", one => one.MarketDataVersion),
            ("engine", one => one.EngineVersion),
        ];
        foreach (var (name, of) in parts)
        {
            var json = Bases(set, GenerationMode.Json, of);
            var full = Bases(set, GenerationMode.FullCode, of);
            if (json.Count > 0 && full.Count > 0 && !json.SetEquals(full))
            {
                var odd = json.Union(full).Except(json.Intersect(full)).ToHashSet();
                yield return new Finding(
                    Code,
                    FindingSeverity.Blocking,
                    name,
                    new Dictionary<string, double> { ["json_bases"] = json.Count, ["full_code_bases"] = full.Count },
                    set.Iterations.Where(one => of(one) is { } basis && odd.Contains(basis))
                        .Select(one => one.Number)
                        .ToArray(),
                    $"The arms were not measured alike: their {name} differs ({string.Join(" / ", odd.Order().Take(3))}). The comparison is refused, not averaged.",
                    "Measure both arms on the same data, dates, costs and definitions, then compare."
                );
            }
        }
    }

    private static HashSet<string> Bases(EvidenceSet set, GenerationMode mode, Func<CheckedIteration, string?> of) =>
        set.Arm(mode).Select(of).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
