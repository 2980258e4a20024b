namespace RolloutDashboard.Feed;

/// <summary>How far back charts look.</summary>
/// <param name="Window">Null for everything.</param>
public sealed record TimeRange(TimeSpan? Window)
{
    public static TimeRange Hour { get; } = new(TimeSpan.FromHours(1));

    public static TimeRange Day { get; } = new(TimeSpan.FromHours(24));

    public static TimeRange Week { get; } = new(TimeSpan.FromDays(7));

    public static TimeRange Everything { get; } = new((TimeSpan?)null);

    /// <summary>The ranges a person can pick, shortest first.</summary>
    public static IReadOnlyList<TimeRange> Presets { get; } = [Hour, Day, Week, Everything];

    /// <summary>The word in the URL: 1h, 24h, 7d, all.</summary>
    public string Code =>
        Window switch
        {
            null => "all",
            { TotalHours: <= 24 } window => FormattableString.Invariant($"{window.TotalHours:0}h"),
            { } window => FormattableString.Invariant($"{window.TotalDays:0}d"),
        };

    /// <summary>Words for people.</summary>
    public string Words =>
        Window switch
        {
            null => "everything",
            { TotalHours: <= 1 } => "last hour",
            { TotalHours: <= 24 } window => FormattableString.Invariant($"last {window.TotalHours:0} hours"),
            { } window => FormattableString.Invariant($"last {window.TotalDays:0} days"),
        };

    /// <summary>The preset with that code; the day for a missing or unknown one.</summary>
    public static TimeRange Parse(string? code) =>
        Presets.FirstOrDefault(preset => string.Equals(preset.Code, code, StringComparison.OrdinalIgnoreCase)) ?? Day;
}
