using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>No iteration ends for some minutes while the loop should run (<c>Idle</c>, default 15).</summary>
internal sealed class IdleRule : IAlertRule
{
    public const string Key = "no-iteration";

    private static AlertThreshold Limit { get; } = new("Idle", 15, AlertThreshold.Minutes) { IsTime = true };

    string IAlertRule.Key => Key;

    public string Name => "No iteration";

    public string Summary =>
        $"no iteration for {FigureFormatter.ShortNumber(Limit.Default)} minutes while the loop should run";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Limit];

    public bool FiresAtOnce => true;

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds)
    {
        if (!inputs.LoopShouldRun)
        {
            return new RuleReading(AlertCondition.Clear, "The loop is not meant to run.");
        }

        // An iteration that waits for an answer is alive, and who keeps it waiting is told by rules of their own.
        var resumed = inputs.ResumedAt;
        DateTimeOffset[] signs =
        [
            resumed,
            inputs.LastIterationAt ?? resumed,
            inputs.LoopStartedAt ?? resumed,
            inputs.AwaitedAnswerAt ?? resumed,
        ];
        var last = signs.Max();
        var idle = inputs.Now - last;
        var limit = TimeSpan.FromMinutes(thresholds[Limit]);
        var isIdle = idle > limit;
        var minutes = FigureFormatter.ShortNumber(Math.Floor(idle.TotalMinutes));
        return new RuleReading(
            isIdle ? AlertCondition.Breached : AlertCondition.Clear,
            isIdle
                    ? $"No iteration for {minutes} minutes while the loop should run{(inputs.LoopWaitsFor is { } cause ? $"; it waits: {cause.TrimEnd('.')}" : "")}."
                : inputs.LastIterationAt == last ? $"The latest iteration ended {minutes} minutes ago."
                : inputs.AwaitedAnswerAt == last ? $"The loop waited for an answer {minutes} minutes ago."
                : $"The loop was started {minutes} minutes ago.",
            idle.TotalMinutes,
            limit.TotalMinutes
        );
    }
}
