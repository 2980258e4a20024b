using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>Which differences the judgement finds in one run, looking after every iteration where a statement may be
/// looked at so often.</summary>
internal static class JudgeAa
{
    private const int FirstLook = 20;
    private const int LeastInArm = 10;
    private const double Alpha = 0.05;
    private const double ShareAlpha = 0.001;

    /// <summary>
    /// The statements, each with the share of runs that it may be wrong in. The interval of the ratio promises its
    /// level, and what whole counts add to it at this many iterations.
    /// </summary>
    public static IReadOnlyList<(string Name, double Promised)> Claims(AaSettings settings) =>
        [
            (
                "success: the 95 % interval of the ratio leaves out 1, one look at the end",
                Math.Max(
                    Alpha,
                    ScoreIntervalError.Of(
                        (settings.Iterations + 1) / 2,
                        settings.Iterations / 2,
                        settings.SuccessRate,
                        Alpha
                    )
                )
            ),
            ("success: JSON proven better, looking after every iteration", Alpha),
            ("success: JSON proven worse, looking after every iteration", Alpha),
            ("success: a ratio above 2 proven, looking after every iteration", Alpha),
            ("Sharpe: Welch p below 0.05, one look at the end", Alpha),
            ("Sharpe: rank test p below 0.05, one look at the end", Alpha),
            ("Sharpe: difference proven, looking after every iteration", Alpha),
            ("assignment: mode share off, looking after every iteration", ShareAlpha),
        ];

    /// <param name="share">Configured JSON share, 0 to 1.</param>
    public static bool[] Of(IReadOnlyList<CheckedIteration> rows, double share)
    {
        var report = CompareSets.Of(
            new ComparedSet("JSON", [.. rows.Where(row => row.AssignedMode == GenerationMode.Json)]),
            new ComparedSet("full code", [.. rows.Where(row => row.AssignedMode == GenerationMode.FullCode)]),
            ComparisonTerms.AnySets with
            {
                Question = ComparisonQuestion.SameMode,
            }
        );
        var looks = Looks(rows, share);
        return
        [
            report.Ratio?.Interval is { } interval && (interval.Lower > 1 || interval.Upper < 1),
            looks.Better,
            looks.Worse,
            looks.Double,
            report.Sharpe is { WelchP: < Alpha },
            report.Sharpe is { RankP: < Alpha },
            looks.Sharpe,
            looks.Share,
        ];
    }

    private static (bool Better, bool Worse, bool Double, bool Sharpe, bool Share) Looks(
        IReadOnlyList<CheckedIteration> rows,
        double share
    )
    {
        var (better, worse, twice, sharpe, off) = (false, false, false, false, false);
        var (hits1, n1, hits0, n0) = (0, 0, 0, 0);
        var (one, zero) = (new RunningMean(), new RunningMean());
        foreach (var row in rows.Where(row => row.Counts))
        {
            var hit = row.Level == SuccessLevel.Profitable ? 1 : 0;
            var isJson = row.AssignedMode == GenerationMode.Json;
            (hits1, n1, hits0, n0) = isJson ? (hits1 + hit, n1 + 1, hits0, n0) : (hits1, n1, hits0 + hit, n0 + 1);
            if (row.SharpeRatio is { } value)
            {
                (isJson ? one : zero).Add(value);
            }

            if (n1 + n0 < FirstLook || n1 < LeastInArm || n0 < LeastInArm)
            {
                continue;
            }

            var arms = new TwoArms(hits1, n1, hits0, n0);
            var contrast = RatioSequence.Contrast(arms, 1);
            better |= contrast.Lower > 0;
            worse |= contrast.Upper < 0;
            twice |= RatioSequence.Contrast(arms, 2).Lower > 0;
            sharpe |= Differ(one, zero);
            off |= IsShareOff(n1, n0, share);
        }

        return (better, worse, twice, sharpe, off);
    }

    private static bool IsShareOff(int n1, int n0, double share)
    {
        var step = SampleRatio.Sequential(
            [
                [n1, n0],
            ],
            [share, 1 - share],
            [1, 1]
        )[^1];
        return Math.Exp(step.LogNull - step.LogAlternative) < ShareAlpha;
    }

    private static bool Differ(RunningMean one, RunningMean zero)
    {
        if (one.N < LeastInArm || zero.N < LeastInArm)
        {
            return false;
        }

        var deviation = Math.Sqrt((one.Variance / one.N) + (zero.Variance / zero.N));
        return deviation > 0
            && Math.Abs(one.Mean - zero.Mean)
                > ConfidenceSequence.HalfWidth(deviation, one.N + zero.N, Alpha, RatioSequence.DefaultTuning);
    }

    // Welford 1962.
    private sealed class RunningMean
    {
        private double _squares;

        public int N { get; private set; }

        public double Mean { get; private set; }

        public double Variance => N < 2 ? 0 : _squares / (N - 1);

        public void Add(double value)
        {
            N++;
            var before = value - Mean;
            Mean += before / N;
            _squares += before * (value - Mean);
        }
    }
}
