using MathNet.Numerics.Distributions;
using RolloutDashboard.Core.Rollouts.Gates;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>Assumed true success rates, 0 to 1.</summary>
public sealed record AssumedRates(double Json = 0.80, double FullCode = 0.25);

/// <summary>One probability of the plan.</summary>
/// <param name="IfMet">With the assumed rates.</param>
/// <param name="IfNoEffect">With JSON as good as full code, and no better.</param>
public sealed record PlanFigure(string Name, double IfMet, double IfNoEffect);

/// <summary>What a plan promises before it starts.</summary>
public sealed record PlanReport(AssumedRates Assumed, IReadOnlyList<PlanFigure> Figures, IReadOnlyList<string> Warnings);

/// <summary>
/// Says what the default plan's success criteria can and can't tell, by exact binomial sums at the gates' minimum
/// samples. Integrity, time and approval are left out: no rate says how they go.
/// </summary>
public static class CheckPlan
{
    private const double SuccessTarget = 0.80;
    private const double OverallTarget = 0.70;
    private const double RatioTarget = 3;

    public static PlanReport Of(AssumedRates assumed)
    {
        PlanFigure[] figures =
        [
            Compare("3.1: JSON success >= 80 % of 100", assumed, (json, _) => AtLeast(json, 100, SuccessTarget)),
            Compare("3.2: JSON success >= 80 % of 100 and ratio >= 3, 100 each", assumed, (json, full) => Hybrid(json, full, 100, RatioTarget)),
            Compare("3.2: halted, ratio < 2, 100 each", assumed, (json, full) => 1 - RatioAtLeast(json, full, 100, 2)),
            Compare("3.3: overall >= 70 % and JSON >= 80 %, 240 JSON and 60 full code", assumed, (json, full) => Primary(json, full, 240, 60)),
            Compare("3.4: JSON success >= 80 % of 950", assumed, (json, _) => AtLeast(json, 950, SuccessTarget)),
        ];
        return new PlanReport(assumed, figures, [.. Warnings(assumed)]);
    }

    /// <summary>P(at least 100 of each mode in 200 draws of a fair coin): both arms must have exactly 100.</summary>
    public static double FairCoinSplits(int total) => Binomial.PMF(0.5, total, total / 2);

    private static IEnumerable<string> Warnings(AssumedRates assumed)
    {
        var overall = (0.8 * assumed.Json) + (0.2 * assumed.FullCode);
        if (overall < OverallTarget)
        {
            yield return $"Gate 3.3: at 80/20 with {Figures.ShortPercent(assumed.Json)} and {Figures.ShortPercent(assumed.FullCode)} the expected overall success is {Figures.ShortPercent(overall)}, below the gate's {Figures.ShortPercent(OverallTarget)}: a rollout that meets its targets is expected to fail.";
        }

        yield return "A JSON success between 70 % and 80 % is neither a pass nor an alarm: the rollout can stay there for ever.";
        yield return $"Gate 3.2: \"100 each of 200\" is met by a fair coin with probability {Figures.Rate(FairCoinSplits(200))}; blocks meet it always, coins need more than 200.";
        if (assumed.FullCode * RatioTarget > 1)
        {
            yield return $"Gate 3.2: with {Figures.ShortPercent(assumed.FullCode)} full-code success a ratio of 3 can't be met, since JSON can't exceed 100 %.";
        }

        if (assumed.Json <= SuccessTarget)
        {
            yield return $"JSON success of {Figures.ShortPercent(assumed.Json)} lies on the target or below it: each look at \">= 80 %\" is about a coin toss or worse, however many iterations there are.";
        }
    }

    private static PlanFigure Compare(string name, AssumedRates assumed, Func<double, double, double> of) =>
        new(name, of(assumed.Json, assumed.FullCode), of(assumed.FullCode, assumed.FullCode));

    private static double AtLeast(double rate, int n, double target) => Tail(rate, n, (int)Math.Ceiling((target * n) - 1e-9));

    private static double Tail(double rate, int n, int hits) => hits <= 0 ? 1 : hits > n ? 0 : 1 - Binomial.CDF(rate, n, hits - 1);

    private static double Hybrid(double json, double full, int n, double ratio) => Sum(full, n, zero =>
        zero == 0 ? 0 : Tail(json, n, Math.Max((int)Math.Ceiling((SuccessTarget * n) - 1e-9), (int)Math.Ceiling((ratio * zero) - 1e-9))));

    private static double RatioAtLeast(double json, double full, int n, double ratio) => Sum(full, n, zero => zero == 0 ? 1 : Tail(json, n, (int)Math.Ceiling((ratio * zero) - 1e-9)));

    private static double Primary(double json, double full, int nJson, int nFull) => Sum(full, nFull, zero => Tail(
        json, nJson, Math.Max((int)Math.Ceiling((SuccessTarget * nJson) - 1e-9), (int)Math.Ceiling((OverallTarget * (nJson + nFull)) - 1e-9) - zero)));

    private static double Sum(double rate, int n, Func<int, double> given) => Enumerable.Range(0, n + 1).Sum(hits => Binomial.PMF(rate, n, hits) * given(hits));
}
