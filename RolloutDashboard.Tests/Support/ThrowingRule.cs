using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>A rule in place of another one, that throws while it is told to.</summary>
internal sealed class ThrowingRule(IAlertRule inner) : IAlertRule
{
    public bool Throws { get; set; } = true;

    public string Key => inner.Key;

    public string Name => inner.Name;

    public string Summary => inner.Summary;

    public AlertSeverity Severity => inner.Severity;

    public DueAction Action => inner.Action;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
        Throws ? throw new InvalidOperationException("planted") : inner.Read(inputs, thresholds);

    /// <summary>All rules, with this one in the place of its own.</summary>
    public IReadOnlyList<IAlertRule> AmongAll() => [.. AlertRuleList.All.Select(rule => rule.Key == Key ? this : rule)];

    /// <summary>In place of the rule of that key.</summary>
    public static ThrowingRule Of(string key) => new(AlertRuleList.All.Single(rule => rule.Key == key));
}
