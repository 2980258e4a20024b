using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Monitoring works: fresh data, a heartbeat, and a test alert that arrived.</summary>
internal sealed class MonitoringCriterion : IGateCriterion
{
    public const string Key = "monitoring";

    private const string TestAlert = "delivered test alert";

    public static PersonClick Click { get; } = new("Send a test alert", "/alerts#channels", Roles.Operator);

    string IGateCriterion.Key => Key;

    public string Name => "Monitoring works";

    public string Summary => "Data and heartbeat are fresh, and a test alert arrived.";

    public GatePhase Phase => GatePhase.TimeAndData;

    PersonClick? IGateCriterion.Click => Click;

    public string? WaitingWords(Verdict verdict) => "Waiting for a test alert";

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var now = evidence.Inputs.Now;
        var days = TestAlertAge(evidence).TotalDays;
        var target = $"fresh data, heartbeat, test alert in {FigureFormatter.ShortNumber(days)} days";
        var signs = Signs(evidence);
        var missing = signs.Where(sign => sign.At is null).Select(sign => sign.Name).ToArray();
        var old = signs.Where(sign => sign.At is { } at && now - at > sign.Limit).Select(sign => sign.Name).ToArray();
        // Data and heartbeat come by themselves, a test alert does not.
        var click = missing.Concat(old).All(sign => sign == TestAlert) ? Click : null;
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

    private static (string Name, DateTimeOffset? At, TimeSpan Limit)[] Signs(GateEvidence evidence)
    {
        var facts = evidence.Facts;
        var fresh = TimeSpan.FromMinutes(evidence.Definition.FreshMinutes);
        var testAlert = evidence.Inputs.IsDemo
            ? Latest(facts.TestAlertAt, facts.DashboardTestAlertAt)
            : facts.TestAlertAt;
        return
        [
            ("data", facts.DataAt, fresh),
            ("heartbeat", facts.HeartbeatAt, fresh),
            (TestAlert, testAlert, TestAlertAge(evidence)),
        ];
    }

    private static TimeSpan TestAlertAge(GateEvidence evidence) => TimeSpan.FromDays(evidence.Definition.TestAlertDays);

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other
        : other is null || one > other ? one
        : other;
}
