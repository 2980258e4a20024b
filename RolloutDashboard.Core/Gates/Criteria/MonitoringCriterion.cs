using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Monitoring works: fresh data, a heartbeat, and a test alert that arrived.</summary>
internal sealed class MonitoringCriterion : IGateCriterion
{
    private const string TestAlert = "delivered test alert";

    public string Key => CriterionKeys.Monitoring;

    public string Name => "Monitoring works";

    public GatePhase Phase => GatePhase.TimeAndData;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var now = evidence.Inputs.Now;
        var facts = evidence.Facts;
        var fresh = TimeSpan.FromMinutes(evidence.Definition.FreshMinutes);
        var alertAge = TimeSpan.FromDays(evidence.Definition.TestAlertDays);
        var testAlert = evidence.Inputs.IsDemo
            ? Latest(facts.TestAlertAt, facts.DashboardTestAlertAt)
            : facts.TestAlertAt;
        var target = $"fresh data, heartbeat, test alert in {Figures.Number(alertAge.TotalDays)} days";

        (string Name, DateTimeOffset? At, TimeSpan Limit)[] parts =
        [
            ("data", facts.DataAt, fresh),
            ("heartbeat", facts.HeartbeatAt, fresh),
            (TestAlert, testAlert, alertAge),
        ];
        var missing = parts.Where(part => part.At is null).Select(part => part.Name).ToArray();
        var old = parts.Where(part => part.At is { } at && now - at > part.Limit).Select(part => part.Name).ToArray();
        // Data and heartbeat come by themselves, a test alert does not.
        var click = missing.Concat(old).All(part => part == TestAlert) ? PersonClick.SendTestAlert : null;
        return (missing.Length, old.Length) switch
        {
            (> 0, _) => Criterion.NotMeasured(
                this,
                target,
                $"Missing: {string.Join(", ", missing)}. A test alert can be sent on the alerts page."
            ) with
            {
                Click = click,
            },
            (_, > 0) => Criterion.Fact(
                this,
                Verdict.Fail,
                target,
                "too old",
                $"Too old: {string.Join(", ", old)}."
            ) with
            {
                Click = click,
            },
            _ => Criterion.Fact(
                this,
                Verdict.Pass,
                target,
                "works",
                "Data and heartbeat are fresh, and a test alert was delivered."
            ),
        };
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other
        : other is null || one > other ? one
        : other;
}
