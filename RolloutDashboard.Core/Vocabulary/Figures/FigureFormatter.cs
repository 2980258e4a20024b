using System.Globalization;

namespace RolloutDashboard.Core.Vocabulary.Figures;

/// <summary>Numbers as people read them, the same in every culture: on pages, in messages and in sentences that are
/// stored. Those that may be missing or not finite are a dash then.</summary>
public static class FigureFormatter
{
    public const string None = "–";

    // From here on the digits say nothing any more, and there would be hundreds of them.
    private const double Vast = 1e15;
    private const string VastFormat = "0.##E+0";

    /// <summary>0.8 as "80 %", 0.825 as "82.5 %"; for targets and limits.</summary>
    public static string ShortPercent(double share) => $"{Digits(share * 100, "0.##")} %";

    /// <summary>0.829 as "82.9 %"; for what was measured.</summary>
    public static string Rate(double share) => $"{Digits(share * 100, "0.0")} %";

    /// <summary>0.829 as "83 %", with digits as asked for.</summary>
    public static string Percent(double? share, int digits = 0) =>
        share is { } value && double.IsFinite(value)
            ? (value * 100).ToString(Math.Abs(value) < Vast ? $"N{digits}" : VastFormat, CultureInfo.InvariantCulture)
                + " %"
            : None;

    /// <summary>"0.15", "1,234.5": up to three digits, and none that is 0.</summary>
    public static string ShortNumber(double value) => Digits(value, "#,0.###");

    /// <summary>"1,234.50", with digits as asked for.</summary>
    public static string Number(double? number, int digits = 2) =>
        number is { } value && double.IsFinite(value) ? Digits(value, $"N{digits}") : None;

    /// <summary>"44,956".</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 iteration", "12 iterations".</summary>
    public static string Count(long number, string singular, string? plural = null) =>
        $"{Count(number)} {(number == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>Without separators, for attributes that a browser reads: widths, coordinates.</summary>
    public static string Plain(double number, int digits = 2) =>
        double.IsFinite(number) ? number.ToString($"F{digits}", CultureInfo.InvariantCulture) : "0";

    /// <summary>"4.1 : 1".</summary>
    public static string Ratio(double? ratio) =>
        ratio is { } value && double.IsFinite(value) ? Number(value, 1) + " : 1" : None;

    /// <summary>"72 to 90 %".</summary>
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

    /// <summary>"6.5 days"; "90 minutes" for less than a day.</summary>
    public static string Days(TimeSpan span) =>
        span.TotalDays >= 1
            ? OneOrMany(Math.Floor(span.TotalDays * 10) / 10, "day")
            : OneOrMany(Math.Floor(span.TotalMinutes), "minute");

    /// <summary>To the second: "1 h", "25 h 3 min 10 s".</summary>
    public static string Duration(TimeSpan span)
    {
        var seconds = (long)Math.Round(span.TotalSeconds);
        (long Value, string Unit)[] parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
        var shown = parts.Where(part => part.Value > 0).Select(part => $"{Count(part.Value)} {part.Unit}").ToArray();
        return shown.Length == 0 ? "0 s" : string.Join(' ', shown);
    }

    private static string Digits(double value, string format) =>
        value.ToString(
            Math.Abs(value) < Vast || !double.IsFinite(value) ? format : VastFormat,
            CultureInfo.InvariantCulture
        );

    private static string OneOrMany(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}{(value == 1 ? "" : "s")}");
}
