using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates.Criteria;

/// <summary>Mode switching works: no switching error, and the observed share fits the configured one.</summary>
internal sealed class ModeSwitchingCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ModeSwitching;

    public string Name => "Mode switching";

    public GatePhase Phase => GatePhase.ModeShare;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        const string Target = "no error, share as configured";
        var share = ObservedShare.Of(evidence);
        if (evidence.Facts.SwitchingErrors is not { } errors || share is null)
        {
            return Criterion.NotMeasured(this, Target, "No share is configured, no iteration was assigned, or switching errors were not counted yet.");
        }

        var actual = $"{errors} errors, {Figures.Rate(share.Share)} JSON of {Figures.Count(share.N)}";
        return (errors, share.IsConsistent) switch
        {
            (0, true) => Criterion.Fact(this, Verdict.Pass, Target, actual, "Modes are assigned as configured.", share.Share, share.Configured) with { N = share.N },
            (0, false) => Criterion.Fact(this, Verdict.Fail, Target, actual, $"The share differs from the configured {Figures.ShortPercent(share.Configured)} by more than chance allows (p < 0.001).", share.Share, share.Configured) with { N = share.N },
            _ => Criterion.Fact(this, Verdict.Fail, Target, actual, "A mode was not switched as assigned.", share.Share, share.Configured) with { N = share.N },
        };
    }
}

/// <summary>The configured share reaches the target, and the observed one fits it.</summary>
internal sealed class ModeShareCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ModeShare;

    public string Name => "JSON share";

    public GatePhase Phase => GatePhase.ModeShare;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"configured ≥ {Figures.ShortPercent(target)}, observed consistent";
        if (ObservedShare.Of(evidence) is not { } share)
        {
            return Criterion.NotMeasured(this, words, "No share is configured, or no iteration was assigned yet.", target);
        }

        var actual = $"configured {Figures.ShortPercent(share.Configured)}, observed {Figures.Rate(share.Share)} of {Figures.Count(share.N)}";
        var (verdict, explanation) = (share.Configured >= target - 1e-9, share.IsConsistent) switch
        {
            (true, true) => (Verdict.Pass, "The observed share fits the configured one."),
            (false, _) => (Verdict.Fail, "The configured share is below the target."),
            _ => (Verdict.Fail, "The observed share differs by more than chance allows (p < 0.001)."),
        };
        return Criterion.Fact(this, verdict, words, actual, explanation, share.Share, target) with { N = share.N };
    }
}

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
        var enough = Math.Max(json, expectedJson) >= MinimumPerArm && Math.Max(n - json, n - expectedJson) >= MinimumPerArm;
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
