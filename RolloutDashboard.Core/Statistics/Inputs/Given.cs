using System.Globalization;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>The fields and rules that several methods share.</summary>
internal static class Given
{
    private const int MostItems = 100_000;

    /// <summary>Significance level; below 1e-9 the quantiles lose their digits.</summary>
    public static InputField Alpha { get; } = new NumberField("alpha", new NumberRange(1e-9, 1)).Optional();

    /// <summary>The level of a bound on one side.</summary>
    public static InputField BoundAlpha { get; } = new NumberField("alpha", new NumberRange(1e-9, 0.5)).Optional();

    /// <summary>The level of a method valid at every look, which has no bound at 1.</summary>
    public static InputField SequentialAlpha { get; } =
        new NumberField("alpha", new NumberRange(1e-9, 1, (false, true))).Optional();

    /// <summary>The level of a one-sided method valid at every look.</summary>
    public static InputField OneSidedAlpha { get; } =
        new NumberField("alpha", new NumberRange(1e-9, 0.5, (false, true))).Optional();

    public static InputField AlphaOptimum { get; } =
        new NumberField("alpha_opt", new NumberRange(1e-9, 1, (false, true))).Optional();

    public static InputField OneSidedAlphaOptimum { get; } =
        new NumberField("alpha_opt", new NumberRange(1e-9, 0.5, (false, true))).Optional();

    /// <summary>Units at which a sequence is narrowest.</summary>
    public static InputField Tuning { get; } =
        new NumberField("tuning_N", new NumberRange(1, NumberRange.LargestCount)).Optional();

    /// <summary>From 0.5 on the density that the quadrature sees is finite.</summary>
    public static NumberRange Prior { get; } = new(0.5, 1e6);

    public static NumberRange Ratio { get; } = new(1e-9, 1e9);

    public static NumberRange Positive { get; } = new(1e-9, NumberRange.LargestCount);

    /// <summary>x1 of n1 and x0 of n0.</summary>
    public static InputSpec Arms { get; } =
        new InputSpec(Count("x1"), Count("n1"), Count("x0"), Count("n0")).Where(
            NotAbove("x1", "n1"),
            NotAbove("x0", "n0")
        );

    public static InputField Count(string name) => new NumberField(name, NumberRange.Count);

    public static InputField Real(string name) => new NumberField(name, NumberRange.Real);

    public static InputField Number(string name, NumberRange range) => new NumberField(name, range);

    public static InputField Whole(string name, double least, double most) =>
        new NumberField(name, new NumberRange(least, most, Whole: true));

    public static InputField Numbers(string name, NumberRange range, int least = 0, int most = MostItems) =>
        new ListField(name, new NumberField("", range), least, most);

    public static InputField Rows(string name, NumberRange range, int most = MostItems) =>
        new ListField(name, new ListField("", new NumberField("", range), 0, MostItems), 0, most);

    public static Func<StatisticsInput, string?> NotAbove(string small, string large) =>
        input =>
            input.Number(small) <= input.Number(large)
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Field '{small}' ({input.Number(small):R}) can't be above '{large}' ({input.Number(large):R})."
                );

    public static Func<StatisticsInput, string?> SameLength(string first, string second) =>
        input =>
            input.Length(first) == input.Length(second)
                ? null
                : $"Fields '{first}' and '{second}' must hold as many items each; they hold {input.Length(first)} and {input.Length(second)}.";
}
