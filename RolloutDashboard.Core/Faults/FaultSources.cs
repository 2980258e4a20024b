using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Faults;

/// <summary>Makes the sources of faults, and names their alerts.</summary>
public static class FaultSources
{
    public static FaultSource Of(IAlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var guards = rule.Severity >= AlertSeverity.Critical;
        return new FaultSource(
            FaultKind.Rule,
            rule.Key,
            $"The alert rule '{rule.Name}' ({rule.Key})",
            guards ? AlertSeverity.Critical : AlertSeverity.Warning,
            guards ? FaultSource.PatienceOfGuards : FaultSource.PatienceOfOthers
        );
    }

    public static FaultSource Of(CriterionResult criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return new FaultSource(
            FaultKind.Criterion,
            criterion.Key,
            $"The criterion '{criterion.Name}' of the gate",
            AlertSeverity.Warning,
            FaultSource.PatienceOfOthers
        );
    }

    /// <summary>An evidence check.</summary>
    public static FaultSource Check(string code) =>
        new(FaultKind.Check, code, $"The evidence check '{code}'", AlertSeverity.Warning, FaultSource.PatienceOfOthers);

    /// <summary>Work that goes on in the background.</summary>
    /// <param name="title">Subject of the sentence that its alert says, for example "Following a drill".</param>
    public static FaultSource Duty(string name, string title, AlertSeverity severity) =>
        new(FaultKind.Duty, name, title, severity, FaultSource.PatienceOfOthers);

    /// <summary>A notification channel.</summary>
    public static FaultSource Channel(string name, string title) =>
        new(
            FaultKind.Channel,
            name,
            $"The notification channel {title}",
            AlertSeverity.Warning,
            FaultSource.PatienceOfOthers
        );

    /// <summary>What an alert of that name tells of, for people: "JSON success rate can't be evaluated"; null where it
    /// is no alert of ours.</summary>
    public static string? NameOf(string alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var prefix = FaultSource.PrefixOf(kind);
            if (alert.StartsWith(prefix, StringComparison.Ordinal))
            {
                return NameOf(kind, alert[prefix.Length..]);
            }
        }

        return null;
    }

    private static string NameOf(FaultKind kind, string name) =>
        kind switch
        {
            FaultKind.Rule =>
                $"{AlertRuleList.All.FirstOrDefault(rule => rule.Key == name)?.Name ?? name} can't be evaluated",
            FaultKind.Criterion => $"{CriterionList.NameOf(name)} can't be evaluated",
            FaultKind.Check => $"Evidence check {name} can't be evaluated",
            FaultKind.Channel => $"Notification channel {name} fails",
            _ => $"Background work '{name}' fails",
        };
}
