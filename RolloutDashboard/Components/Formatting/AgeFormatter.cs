namespace RolloutDashboard.Components.Formatting;

/// <summary>Ages and durations in words, rounded down.</summary>
public static class AgeFormatter
{
    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        now - at < TimeSpan.FromSeconds(5) ? "just now" : $"{Duration(now - at)} ago";

    /// <summary>One or two units: "42 s", "3 min", "2 h 5 min", "24 h", "4 d 3 h".</summary>
    public static string Duration(TimeSpan duration) =>
        duration switch
        {
            { TotalSeconds: < 0 } => "0 s",
            { TotalSeconds: < 60 } => $"{(int)duration.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} min",
            { TotalHours: < 48 } => TwoUnits((int)duration.TotalHours, "h", duration.Minutes, "min"),
            _ => TwoUnits((int)duration.TotalDays, "d", duration.Hours, "h"),
        };

    /// <summary>For measured procedures: "4 ms", "0.84 s", "12.3 s", "2 min 5 s".</summary>
    public static string Precise(TimeSpan duration) =>
        duration switch
        {
            { TotalMilliseconds: > 0 and < 100 } => FormattableString.Invariant($"{duration.TotalMilliseconds:0.#} ms"),
            { TotalSeconds: < 10 } => FormattableString.Invariant($"{duration.TotalSeconds:0.00} s"),
            { TotalSeconds: < 60 } => FormattableString.Invariant($"{duration.TotalSeconds:0.0} s"),
            { TotalHours: < 1 } => TwoUnits((int)duration.TotalMinutes, "min", duration.Seconds, "s"),
            _ => Duration(duration),
        };

    private static string TwoUnits(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
