using System.Globalization;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Alerts;

/// <summary>The list of alerts as a page address and back; a word that means nothing filters nothing.</summary>
public static class AlertAddress
{
    public static AlertFilter Parse(string? list, string? severity, string? rule, string? page) =>
        new(
            Enum.TryParse<AlertListKind>(list, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                ? kind
                : AlertListKind.Open,
            Enum.TryParse<AlertSeverity>(severity, ignoreCase: true, out var least)
            && Enum.IsDefined(least)
            && least > AlertSeverity.Info
                ? least
                : null,
            string.IsNullOrWhiteSpace(rule) ? null : rule,
            int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
                ? Math.Clamp(wanted, 1, 100_000)
                : 1
        );

    /// <summary>Query values by name; null leaves a name out.</summary>
    public static IReadOnlyDictionary<string, object?> Query(AlertFilter filter) =>
        new Dictionary<string, object?>
        {
            ["list"] = filter.Kind == AlertListKind.Open ? null : filter.Kind.ToString().ToLowerInvariant(),
            ["severity"] = filter.Severity?.ToString().ToLowerInvariant(),
            ["rule"] = filter.Rule,
            ["page"] = filter.Page > 1 ? filter.Page : null,
        };
}
