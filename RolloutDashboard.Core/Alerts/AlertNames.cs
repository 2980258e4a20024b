namespace RolloutDashboard.Core.Alerts;

/// <summary>Names of alerts that are not rules.</summary>
public static class AlertNames
{
    /// <summary>The monitoring self-test: written and read back by the same path as a real alert.</summary>
    public const string SelfTest = "self-test";

    /// <summary>The rollout can't be judged.</summary>
    public const string JudgementFails = "judgement-fails";

    /// <summary>A drill of the rollback told the team.</summary>
    public const string Drill = "drill";

    /// <summary>Fires from a rollback to the resume.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>Begins the names of alerts that tell of something that can't be evaluated.</summary>
    public const string Fault = "fault:";

    /// <summary>Begins those of alert rules that can't be evaluated.</summary>
    public const string RuleFault = "fault:rule:";
}
