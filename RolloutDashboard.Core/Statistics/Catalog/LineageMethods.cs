using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>What lineages as units say about a mode; values in order of completion.</summary>
internal static class LineageMethods
{
    private static readonly NumberRange Metric = new(-1e6, 1e6);
    private static readonly InputField Rates = Given.Numbers("rates", NumberRange.Share);
    private static readonly InputField Values = Given.Numbers("values", Metric);
    private static readonly InputField Units = new ListField(
        "units",
        new ListField("", Given.Number("", NumberRange.Share), 2, 2),
        0,
        100_000
    );
    private static readonly OutputSpec RateBounds = new(new OutputField("low", 0, 1), new OutputField("high", 0, 1));
    private static readonly OutputSpec AnyBounds = new(
        new OutputField("low", double.NegativeInfinity, double.MaxValue),
        new OutputField("high", double.MinValue, double.PositiveInfinity)
    );

    public static IEnumerable<StatisticsMethod> All =>
        [
            Method("rate", new InputSpec(Rates, Given.SequentialAlpha), RateBounds, input =>
                BoundedMeanSequence.Interval(ValueCounts.Of(input.Numbers("rates")), input.Alpha())
            ),
            Method("rate_empirical_bernstein", new InputSpec(Rates, Given.SequentialAlpha), RateBounds, input =>
                EmpiricalBernsteinSequence.Interval(input.Numbers("rates"), input.Alpha())
            ),
            Method("rate_one_look", new InputSpec(Rates, Given.Alpha), RateBounds, input =>
                OneLookLineages.Rate(input.Numbers("rates").ToArray(), input.Alpha())
            ),
            Method(
                "ratio",
                new InputSpec(Units, Given.OneSidedAlpha).Where(ArmsAreNamed),
                new OutputSpec(
                    new OutputField("low", 0, double.MaxValue),
                    new OutputField("high", 0, double.PositiveInfinity)
                ),
                input => ContrastSequence.Ratio(ContrastCounts.Of(Read(input)), input.Alpha())
            ),
            Method(
                "difference",
                new InputSpec(Units, Given.OneSidedAlpha).Where(ArmsAreNamed),
                new OutputSpec(new OutputField("low", -1, 1), new OutputField("high", -1, 1)),
                input => ContrastSequence.Difference(ContrastCounts.Of(Read(input)), input.Alpha())
            ),
            new(
                "lineages",
                "contrast_evidence",
                [],
                new InputSpec(
                    Units,
                    Given.Number("ratio", new NumberRange(0.001, 1000)),
                    Given.Number("offset", new NumberRange(-1, 1)).Optional(),
                    Given.OneSidedAlpha
                ).Where(ArmsAreNamed),
                new OutputSpec(
                    new OutputField("log_evidence", double.NegativeInfinity, double.PositiveInfinity),
                    new OutputField("proven_after", 0, 100_000, true)
                ),
                Contrast
            ),
            Method(
                "symmetric_mean",
                new InputSpec(
                    Values,
                    Given.Number("scale", new NumberRange(1e-3, 1e6)).Optional(),
                    Given.OneSidedAlpha
                ),
                AnyBounds,
                input =>
                    SymmetricSequence.Interval(
                        input.Numbers("values"),
                        input.Alpha(),
                        input.Number("scale", SymmetricSequence.DefaultScale)
                    )
            ),
            new(
                "lineages",
                "dispersion",
                [],
                new InputSpec(Rates, Given.Whole("length", 1, 1e6), Given.Alpha).Where(RatesFitTheLength),
                new OutputSpec(
                    new OutputField("design_effect", 0, double.MaxValue, true),
                    new OutputField("low", 0, double.MaxValue),
                    new OutputField("high", 0, double.PositiveInfinity),
                    new OutputField("n_eff", 0, 1e11)
                ),
                Dispersion
            ),
            new(
                "lineages",
                "family",
                [],
                new InputSpec(Given.Numbers("alphas", NumberRange.Share)),
                new OutputSpec(new OutputField("bound", 0, 1)),
                input => StatisticsOutput.Fields(("bound", FamilyError.Bound(input.Numbers("alphas"))))
            ),
        ];

    private static StatisticsMethod Method(
        string name,
        InputSpec inputs,
        OutputSpec outputs,
        Func<StatisticsInput, Bounds> bounds
    ) => new("lineages", name, [], inputs, outputs, input => StatisticsOutput.LowHigh(bounds(input)));

    private static string? ArmsAreNamed(StatisticsInput input)
    {
        var wrong = input.Rows("units").ToList().FindIndex(unit => unit[0] is not (0 or 1));
        return wrong < 0
            ? null
            : $"Item {wrong + 1} of 'units' must begin with its arm, 1 for JSON or 0 for full code.";
    }

    private static string? RatesFitTheLength(StatisticsInput input)
    {
        var length = input.Number("length");
        var wrong = input
            .Numbers("rates")
            .ToList()
            .FindIndex(rate => Math.Abs((rate * length) - Math.Round(rate * length)) > 1e-6);
        return wrong < 0 ? null : $"Item {wrong + 1} of 'rates' is no number of successes of 'length' iterations.";
    }

    private static LineageValue[] Read(StatisticsInput input) =>
        [.. input.Rows("units").Select(unit => new LineageValue("", unit[0] == 1, unit[1]))];

    private static JsonObject Contrast(StatisticsInput input)
    {
        var units = Read(input);
        var tested = new ContrastNull(input.Number("ratio"), input.Number("offset", 0));
        var result = StatisticsOutput.Fields(
            ("log_evidence", ContrastSequence.LogEvidence(ContrastCounts.Of(units), tested))
        );
        result["proven_after"] = ContrastSequence.FirstProof(units, tested, input.Alpha()) is { } seen
            ? StatisticsOutput.Number(seen)
            : null;
        return result;
    }

    private static JsonObject Dispersion(StatisticsInput input)
    {
        var length = (int)input.Number("length");
        var rates = input.Numbers("rates");
        var dispersion = LineageDispersion.Of(
            rates.Select(rate => new LineageUnit(
                "",
                true,
                (int)Math.Round(rate * length),
                length,
                length,
                UnitEnd.Complete
            )),
            input.Alpha()
        );
        return StatisticsOutput.Fields(
            ("design_effect", dispersion.DesignEffect),
            ("low", dispersion.Interval.Lower),
            ("high", dispersion.Interval.Upper),
            ("n_eff", dispersion.EffectiveN((double)rates.Count * length))
        );
    }
}
