using System.Globalization;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Components.Formatting;

/// <summary>Numbers as people read them. What is not there, or not finite, is a dash.</summary>
public static class FigureFormatter
{
    public const string None = "–";

    // From here on the digits say nothing any more, and there would be hundreds of them.
    private const double Vast = 1e15;

    public static string Percent(double? share, int digits = 0) =>
        share is { } value && double.IsFinite(value)
            ? (value * 100).ToString(Math.Abs(value) < Vast ? $"N{digits}" : "0.##E+0", CultureInfo.InvariantCulture)
                + " %"
            : None;

    public static string Number(double? number, int digits = 2) =>
        number is { } value && double.IsFinite(value)
            ? value.ToString(Math.Abs(value) < Vast ? $"N{digits}" : "0.##E+0", CultureInfo.InvariantCulture)
            : None;

    /// <summary>"44,956".</summary>
    public static string Whole(long number) => Figures.Count(number);

    /// <summary>Without separators, for attributes that a browser reads: widths, coordinates.</summary>
    public static string Plain(double number, int digits = 2) =>
        double.IsFinite(number) ? number.ToString($"F{digits}", CultureInfo.InvariantCulture) : "0";

    /// <summary>"4.1 : 1".</summary>
    public static string Ratio(double? ratio) =>
        ratio is { } value && double.IsFinite(value) ? Number(value, 1) + " : 1" : None;

    /// <summary>"72 to 90 %"; an open end is said in words.</summary>
    public static string PercentRange(Interval? interval) =>
        interval is { } range ? $"{Percent(range.Lower).TrimEnd('%', ' ')} to {Percent(range.Upper)}" : None;

    /// <summary>"2.1 to 6.4"; an infinite upper end is "or more".</summary>
    public static string NumberRange(Interval? interval, int digits = 2) =>
        interval switch
        {
            null => None,
            { Upper: var upper, Lower: var lower } when double.IsPositiveInfinity(upper) =>
                $"{Number(lower, digits)} or more",
            { } range => $"{Number(range.Lower, digits)} to {Number(range.Upper, digits)}",
        };

    /// <summary>"1 iteration", "12 iterations".</summary>
    public static string Count(long number, string singular, string? plural = null) =>
        $"{Whole(number)} {(number == 1 ? singular : plural ?? singular + "s")}";
}
