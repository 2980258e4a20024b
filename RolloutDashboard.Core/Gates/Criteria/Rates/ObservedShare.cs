using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of JSON among assigned iterations against the configured one.</summary>
internal sealed record ObservedShare(double Share, double Configured, int N, bool IsConsistent)
{
    private const double Significance = 0.001;
    private const int MinimumPerArm = 8;

    /// <summary>Null without a configured share or without assigned iterations.</summary>
    public static ObservedShare? Of(GateEvidence evidence)
    {
        if (evidence.Inputs.ConfiguredShare is not { } configured)
        {
            return null;
        }

        var strata = Strata(evidence.Inputs.Rows, configured);
        var (json, n) = ((int)strata.Sum(stratum => stratum.Json), (int)strata.Sum(stratum => stratum.All));
        if (n == 0)
        {
            return null;
        }

        var expectedJson = strata.Sum(stratum => stratum.All * stratum.Share);
        var enough =
            Math.Max(json, expectedJson) >= MinimumPerArm && Math.Max(n - json, n - expectedJson) >= MinimumPerArm;
        var consistent = !enough || SampleRatio.PStratified(strata) >= Significance;
        return new ObservedShare((double)json / n, configured, n, consistent);
    }

    // Assigned iterations by the share that was configured for them, in the order in which the shares first come.
    private static (double Json, double All, double Share)[] Strata(IReadOnlyList<EvidenceRow> rows, double configured)
    {
        var strata = new OrderedDictionary<double, (int Json, int All)>();
        foreach (var row in rows)
        {
            if (row.Kind == IterationKind.Generated)
            {
                var share = row.ConfiguredShare ?? configured;
                var counts = strata.GetValueOrDefault(share);
                strata[share] = (counts.Json + (row.AssignedMode == GenerationMode.Json ? 1 : 0), counts.All + 1);
            }
        }

        return [.. strata.Select(stratum => ((double)stratum.Value.Json, (double)stratum.Value.All, stratum.Key))];
    }
}
