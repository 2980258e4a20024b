using System.Globalization;
using RolloutDashboard.Core.Monitoring.Aggregation;

namespace RolloutDashboard.Components.Periods;

/// <summary>A period as a page address and back: a preset such as "7d", or two moments in UTC.</summary>
/// <param name="Code">Preset; null where from or to is given.</param>
public sealed record PeriodChoice(string? Code, DateTimeOffset? From, DateTimeOffset? To)
{
    private const string UrlFormat = "yyyy-MM-ddTHH:mm'Z'";

    /// <summary>What a person can pick, shortest first.</summary>
    public static IReadOnlyList<(string Code, string Words, TimeSpan? Window)> Presets { get; } =
    [
        ("24h", "last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "last 7 days", TimeSpan.FromDays(7)),
        ("30d", "last 30 days", TimeSpan.FromDays(30)),
        ("all", "everything", null),
    ];

    public string Words => Presets.FirstOrDefault(preset => preset.Code == Code).Words ?? "the chosen period";

    public string? FromText => Url(From);

    public string? ToText => Url(To);

    /// <summary>Explicit moments win; a word that means nothing is <paramref name="standard"/>.</summary>
    public static PeriodChoice Parse(string? range, string? from, string? to, string standard)
    {
        var (start, end) = (Moment(from), Moment(to));
        return start is not null || end is not null
            ? new PeriodChoice(null, start, end)
            : new PeriodChoice(Presets.Any(preset => preset.Code == range) ? range : standard, null, null);
    }

    public Period At(DateTimeOffset now) =>
        Code is null
            ? new Period(From, To)
            : new Period(Presets.First(preset => preset.Code == Code).Window is { } window ? now - window : null, null);

    /// <summary>Query values by name; null leaves a name out.</summary>
    public IReadOnlyDictionary<string, object?> Query(string standard) =>
        new Dictionary<string, object?>
        {
            ["range"] = Code == standard ? null : Code,
            ["from"] = FromText,
            ["to"] = ToText,
        };

    private static string? Url(DateTimeOffset? at) => at?.UtcDateTime.ToString(UrlFormat, CultureInfo.InvariantCulture);

    // A moment without a zone is UTC; a plain day is its midnight.
    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;
}
