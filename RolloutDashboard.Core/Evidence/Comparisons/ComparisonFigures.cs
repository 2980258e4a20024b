using System.Globalization;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>The figures of a comparison as every export and the page show them.</summary>
public static class ComparisonFigures
{
    private static readonly FigureOfSides[] All =
    [
        new("iterations", "Iterations", side => FigureFormatter.Count(side.N), side => side.N),
        new("level_0", "Level 0, failed", side => FigureFormatter.Count(side.Levels[0]), side => side.Levels[0]),
        new("level_1", "Level 1, executed", side => FigureFormatter.Count(side.Levels[1]), side => side.Levels[1]),
        new("level_2", "Level 2, measured", side => FigureFormatter.Count(side.Levels[2]), side => side.Levels[2]),
        new("level_3", "Level 3, success", side => FigureFormatter.Count(side.Levels[3]), side => side.Levels[3]),
        new(
            "distinct",
            "Distinct strategies",
            side => Distinct(side),
            side => side.UnknownStrategies > 0 ? null : side.Distinct
        ),
        new("effective_n", "Effective n", side => Number(Math.Round(side.EffectiveN, 1)), side => side.EffectiveN),
        new("success_raw", "Success, raw", side => Rate(side.Raw), side => side.Raw.Rate, side => side.Raw.Interval),
        new(
            "success_deduplicated",
            "Success, each strategy once",
            side => Rate(side.Deduplicated),
            side => side.Deduplicated.Rate,
            side => side.Deduplicated.Interval
        ),
        new("mean_sharpe", "Mean Sharpe", side => Number(side.MeanSharpe), side => side.MeanSharpe),
        new(
            "mean_total_return",
            "Mean total return",
            side => Share(side.MeanTotalReturn),
            side => side.MeanTotalReturn
        ),
        new("mean_drawdown", "Mean drawdown", side => Share(side.MeanMaxDrawdown), side => side.MeanMaxDrawdown),
        new("left_out", "Values that can be no results, in no mean", LeftOut, side => side.LeftOut.All),
        new("seconds", "Seconds an iteration", side => Number(side.MeanSeconds), side => side.MeanSeconds),
        new(
            "seconds_per_success",
            "Seconds a success",
            side => Number(side.SecondsPerSuccess),
            side => side.SecondsPerSuccess
        ),
        new(
            "cost_per_success",
            "US dollars a success",
            side => Number(side.CostPerSuccess),
            side => side.CostPerSuccess
        ),
        new(
            "errors",
            "Most frequent errors",
            side =>
                side.Errors.Count == 0
                    ? "none"
                    : string.Join("; ", side.Errors.Select(error => $"{error.Key} ({error.Value})")),
            side => side.Errors.Values.Sum()
        ),
        new(
            "findings",
            "Findings",
            side =>
                side.Findings.Count == 0
                    ? "none"
                    : string.Join(", ", side.Findings.Select(finding => $"{finding.Code} ({Weight(finding)})")),
            side => side.Findings.Count
        ),
    ];

    public static IReadOnlyList<ComparedFigure> Of(ComparisonReport report) =>
        [.. All.Select(figure => figure.Of(report.First, report.Second))];

    /// <summary>What the two sides say together, a sentence each.</summary>
    public static IReadOnlyList<string> Sentences(ComparisonReport report)
    {
        var said = new List<string>();
        if (report.Ratio is { } ratio)
        {
            said.Add(
                ratio.Value is null
                    ? NoRatio(report, ratio)
                    : $"Success ratio {Number(ratio.Value)} {Range(ratio.Interval)}".TrimEnd() + Zone(report, ratio)
            );
        }

        said.AddRange(
            report
                .Contrasts.Where(contrast => double.IsFinite(contrast.Lower))
                .Select(contrast =>
                    $"At every look: {report.First.Name} succeeds more than {Number(contrast.Ratio)} times as often as {report.Second.Name}: {contrast.Holds switch { true => "proven", false => "disproven", _ => "open" }} (p1 - {Number(contrast.Ratio)} p0 from {Number(contrast.Lower)} to {Number(contrast.Upper)})."
                )
        );
        if (report.Sharpe is { } sharpe)
        {
            said.Add(
                $"Mean Sharpe differs by {Number(sharpe.Difference)}: Welch {Range(sharpe.Welch)}, p {P(sharpe.WelchP)}; at every look {Range(sharpe.Sequential)}, p {P(sharpe.SequentialP)}; ranks: P(greater) {Number(sharpe.ProbabilityGreater)}, p {P(sharpe.RankP)}. Each strategy counts once."
            );
        }

        if (report.Course is { } course && report.Standing == ComparisonStanding.Compared)
        {
            said.Add(Lead(course));
        }

        if (report.Caution is { } caution)
        {
            said.Add(caution);
        }

        return said;
    }

    /// <summary>Blocking findings first; each with its side, weight and what became of it.</summary>
    public static IReadOnlyList<string> Findings(ComparisonReport report) =>
        [
            .. new[] { report.First, report.Second }
                .SelectMany(side => side.Findings.Select(finding => (Side: side.Name, Finding: finding)))
                .OrderByDescending(pair => pair.Finding.Blocks)
                .Select(pair => $"{pair.Side}: {pair.Finding.Code} ({Weight(pair.Finding)}). {pair.Finding.Sentence}"),
        ];

    /// <summary>For example "Blocking" or "Blocking, dismissed by ann".</summary>
    public static string Weight(ComparedFinding finding) =>
        finding.Severity
        + (
            finding.DismissedBy is { } by ? $", dismissed by {by}"
            : finding.IsExpected ? ", as it should: both sides are of one kind"
            : ""
        );

    /// <summary>What the figures rest on, a sentence each.</summary>
    /// <param name="data">What must be said of the market data behind the figures; it stands beside them and is no part
    /// of the hash.</param>
    public static IReadOnlyList<string> Basis(
        ComparisonReport report,
        string hash,
        params IReadOnlyList<string> data
    ) =>
        [
            .. data,
            $"Iterations {report.Basis.FirstNumber} to {report.Basis.LastNumber}; configurations {Words(report.Basis.Segments)}; market data {Words(report.Basis.MarketData)}; engine {Words(report.Basis.Engine)}; basis {Words(report.Basis.MetricBasis)}.",
            $"Report version {report.Version}, SHA-256 {hash}.",
        ];

    public static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? FigureFormatter.ShortNumber(number) : "–";

    // Zones are the gate's, and only where its question is asked.
    private static string Distinct(ComparedSide side) =>
        side.UnknownStrategies == 0
            ? FigureFormatter.Count(side.Distinct)
            : $"{(side.Distinct > 0 ? $"{FigureFormatter.Count(side.Distinct)}, " : "")}unknown for {FigureFormatter.Count(side.UnknownStrategies)}";

    private static string Zone(ComparisonReport report, ComparedRatio ratio) =>
        (report.Standing, report.Question, report.Gate) switch
        {
            (ComparisonStanding.NotComparable, _, _) => " (not comparable).",
            (not ComparisonStanding.Compared, _, _) => " (no result).",
            (_, ComparisonQuestion.Modes, { } gate) => ratio.Zone is { } zone
                ? $", zone {zone} of gate 3.2, version {gate.Version}: from {Number(gate.Target)} proceed, from {Number(gate.Halt)} investigate, below halt."
                : $"; gate 3.2 judges it from {gate.MinimumSamples} iterations of each mode on, within one configuration.",
            _ => ratio.Zone is { } old ? $", zone {old}." : ".",
        };

    private static string NoRatio(ComparisonReport report, ComparedRatio ratio) =>
        ratio switch
        {
            { Gap: RatioGap.NoDenominator, Interval.Lower: var lower } =>
                $"There is no success ratio, since {report.Second.Name} has no success; its 95 % interval begins at {Number(lower)}.",
            { Gap: RatioGap.NoSuccess } => "There is no success ratio, since neither side has a success.",
            { Note: { } old } => $"There is no success ratio ({old}).",
            _ => "There is no success ratio.",
        };

    private static string Lead(ComparedCourse course) =>
        course.Leader is null
            ? "Neither side leads by success."
            : $"{course.Leader} leads by success since iteration {course.Number:N0}{(course.At is { } at ? $" ({at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)})" : "")}; the lead changed {course.Changes:N0} times.";

    private static string LeftOut(ComparedSide side)
    {
        (int Count, string Name)[] parts =
        [
            (side.LeftOut.Sharpe, "Sharpe"),
            (side.LeftOut.TotalReturn, "total return"),
            (side.LeftOut.MaxDrawdown, "drawdown"),
        ];
        return side.LeftOut.All == 0
            ? "none"
            : string.Join(
                ", ",
                parts.Where(part => part.Count > 0).Select(part => $"{FigureFormatter.Count(part.Count)} {part.Name}")
            );
    }

    private static string Rate(ComparedRate rate) =>
        rate.Rate is { } value
            ? $"{FigureFormatter.Rate(value)} of {FigureFormatter.Count(rate.N)}{(rate.Interval is { } interval ? $" ({FigureFormatter.Rate(interval.Lower)} to {FigureFormatter.Rate(interval.Upper)})" : "")}"
            : "–";

    private static string Share(double? value) => value is { } share ? FigureFormatter.Rate(share) : "–";

    private static string Range(Interval? interval) =>
        interval is { } range
            ? $"({Number(range.Lower)} to {(double.IsPositiveInfinity(range.Upper) ? "infinity" : Number(range.Upper))})"
            : "";

    private static string P(double p) => p < 0.001 ? "below 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<string> values) =>
        values.All(value => value.Length == 0) ? "not recorded" : string.Join(", ", values);

    private sealed record FigureOfSides(
        string Key,
        string Name,
        Func<ComparedSide, string> Words,
        Func<ComparedSide, double?> Value,
        Func<ComparedSide, Interval?>? Interval = null
    )
    {
        public ComparedFigure Of(ComparedSide one, ComparedSide zero) =>
            new(
                Key,
                Name,
                Words(one),
                Words(zero),
                Value(one),
                Value(zero),
                Interval?.Invoke(one),
                Interval?.Invoke(zero)
            );
    }
}
