namespace RolloutDashboard.Core.Alerts.Rules;

internal static class Streak
{
    public static string Because(AlertInputs inputs) => inputs.ProviderFaults is { } faults ? $" {faults}" : "";

    public static RuleReading Read(int count, int limit, Func<int, string> describe) =>
        new(
            count >= limit ? AlertCondition.Breached
                : count == 0 ? AlertCondition.Clear
                : AlertCondition.WithinMargin,
            count == 0 ? "The LLM providers answer again." : describe(count),
            count,
            limit,
            count
        );
}
