using System.Globalization;

namespace RolloutDashboard.Core.Gates;

/// <summary>Numbers as people read them, the same in every culture.</summary>
public static class Figures
{
    // From here on the digits say nothing any more, and there would be hundreds of them.
    private const double Vast = 1e15;

    /// <summary>0.8 as "80 %".</summary>
    public static string ShortPercent(double share) => $"{Digits(share * 100, "0.##")} %";

    /// <summary>0.829 as "82.9 %".</summary>
    public static string Rate(double share) => $"{Digits(share * 100, "0.0")} %";

    public static string Number(double value) => Digits(value, "#,0.###");

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

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
            Math.Abs(value) < Vast || !double.IsFinite(value) ? format : "0.##E+0",
            CultureInfo.InvariantCulture
        );

    private static string OneOrMany(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}{(value == 1 ? "" : "s")}");
}
