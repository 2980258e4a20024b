using MathNet.Numerics.Distributions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>
/// The success criteria of one gate at its minimum samples, by exact binomial sums. Integrity, time, metrics and
/// approval are left out: no success rate says how they go.
/// </summary>
internal sealed class GatePassProbability
{
    private readonly double? _jsonTarget;
    private readonly double? _overallTarget;
    private readonly double? _ratioTarget;
    private readonly double _haltRatio;
    private readonly bool _halts;

    public GatePassProbability(PlannedStage stage, GateDefinition gates)
    {
        Stage = stage.Stage;
        var criteria = gates
            .Stages.Where(gate => gate.Stage == stage.Stage)
            .SelectMany(gate => gate.Criteria)
            .Where(criterion => criterion.Enabled)
            .ToDictionary(criterion => criterion.Key);
        (_jsonTarget, _overallTarget, _ratioTarget) = (
            Target(criteria, JsonSuccessCriterion.Key),
            Target(criteria, OverallSuccessCriterion.Key),
            Target(criteria, SuccessRatioCriterion.Key)
        );
        (_halts, _haltRatio) = (stage.Stage == Stage.Hybrid && _ratioTarget is not null, gates.HaltRatio);
        var json = Math.Max(
            Target(criteria, JsonIterationsCriterion.Key) ?? 0,
            Samples(criteria, JsonSuccessCriterion.Key, SuccessRatioCriterion.Key)
        );
        var full = Math.Max(
            Target(criteria, FullCodeIterationsCriterion.Key) ?? 0,
            Samples(criteria, SuccessRatioCriterion.Key)
        );
        var all = Math.Max(
            Target(criteria, IterationsCriterion.Key) ?? 0,
            Samples(criteria, OverallSuccessCriterion.Key)
        );
        var share = stage.JsonShare;
        Iterations = (int)
            Math.Min(
                1e6,
                Math.Ceiling(
                    Math.Max(all, Math.Max(json == 0 ? 0 : json / share, full == 0 ? 0 : full / (1 - share))) - 1e-9
                )
            );
        Json = (int)Math.Round(Iterations * share);
        FullCode = Iterations - Json;
    }

    public Stage Stage { get; }

    /// <summary>Iterations at which every minimum is reached at the planned share.</summary>
    public int Iterations { get; }

    public int Json { get; }

    public int FullCode { get; }

    public double? OverallTarget => _overallTarget;

    public double? JsonTarget => _jsonTarget;

    public double? RatioTarget => _ratioTarget;

    public string Words =>
        string.Join(
            ", ",
            new[]
            {
                _jsonTarget is { } json ? $"JSON success ≥ {FigureFormatter.ShortPercent(json)}" : null,
                _overallTarget is { } overall ? $"overall success ≥ {FigureFormatter.ShortPercent(overall)}" : null,
                _ratioTarget is { } ratio ? $"ratio ≥ {FigureFormatter.ShortNumber(ratio)}" : null,
            }.OfType<string>()
        );

    /// <summary>P(all success criteria are met).</summary>
    public double Pass(double json, double full) => Sum(full, FullCode, zero => Tail(json, Json, Needed(zero)));

    /// <summary>P(the ratio is below the halting one); null where the gate does not halt.</summary>
    public double? Halt(double json, double full) =>
        _halts
            ? Sum(full, FullCode, zero =>
                zero == 0 ? 0 : 1 - Tail(json, Json, Hits(_haltRatio * zero * Json / FullCode))
            )
            : null;

    /// <summary>P(the point estimate of the ratio is at least <paramref name="ratio"/>) with n of each mode.</summary>
    public static double PointRatio(double json, double full, int n, double ratio) =>
        Sum(full, n, zero => zero == 0 ? 1 : Tail(json, n, Hits(ratio * zero)));

    /// <summary>P(the one-sided 95 % score bound of the ratio is at least <paramref name="ratio"/>), looked at
    /// once.</summary>
    public static double ProvenRatio(double json, double full, int nJson, int nFull, double ratio)
    {
        var z = Distributions.NormalQuantile(0.95);
        return Sum(full, nFull, zero =>
        {
            // The statistic rises with the hits, so the first that clears is searched.
            var (low, high) = (0, nJson + 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                var clears =
                    middle > nJson || RatioIntervals.ScoreZ(new TwoArms(middle, nJson, zero, nFull), ratio) >= z;
                (low, high) = clears ? (low, middle) : (middle + 1, high);
            }

            return Tail(json, nJson, low);
        });
    }

    private int Needed(int zero)
    {
        var json = _jsonTarget is { } target ? Hits(target * Json) : 0;
        var overall = _overallTarget is { } all ? Hits(all * Iterations) - zero : 0;
        var ratio =
            _ratioTarget is not { } wanted || FullCode == 0 ? 0
            : zero == 0 ? WithoutFullCodeSuccess(wanted)
            : Hits(wanted * zero * Json / FullCode);
        return Math.Max(json, Math.Max(overall, ratio));
    }

    // No success in full code passes only if the score interval's lower end clears the target.
    private int WithoutFullCodeSuccess(double target)
    {
        for (var hits = 1; hits <= Json; hits++)
        {
            if (RatioIntervals.Score(new TwoArms(hits, Json, 0, FullCode)).Lower >= target)
            {
                return hits;
            }
        }

        return Json + 1;
    }

    private static int Hits(double exact) => (int)Math.Ceiling(exact - 1e-9);

    private static double Tail(double rate, int n, int hits) =>
        hits <= 0 ? 1
        : hits > n ? 0
        : 1 - Binomial.CDF(rate, n, hits - 1);

    private static double Sum(double rate, int n, Func<int, double> given) =>
        Enumerable.Range(0, n + 1).Sum(hits => Binomial.PMF(rate, n, hits) is var p && p > 1e-15 ? p * given(hits) : 0);

    private static double? Target(Dictionary<string, CriterionDefinition> criteria, string key) =>
        criteria.GetValueOrDefault(key)?.Target;

    private static double Samples(Dictionary<string, CriterionDefinition> criteria, params string[] keys) =>
        keys.Max(key => criteria.GetValueOrDefault(key)?.MinimumSamples ?? 0);
}
