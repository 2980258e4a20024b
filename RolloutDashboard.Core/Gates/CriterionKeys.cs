namespace RolloutDashboard.Core.Gates;

/// <summary>Stable names of the criteria.</summary>
public static class CriterionKeys
{
    public const string Time = "time";
    public const string DataFresh = "data-fresh";
    public const string Monitoring = "monitoring";
    public const string NoCrash = "no-crash";
    public const string Integrity = "evidence-integrity";
    public const string ModeSwitching = "mode-switching";
    public const string ModeShare = "mode-share";
    public const string Iterations = "iterations";
    public const string JsonIterations = "json-iterations";
    public const string FullCodeIterations = "full-code-iterations";
    public const string JsonSuccess = "json-success";
    public const string OverallSuccess = "overall-success";
    public const string ErrorRate = "error-rate";
    public const string SuccessRatio = "success-ratio";
    public const string JsonSharpe = "json-sharpe";
    public const string TotalReturn = "total-return";
    public const string CacheHitRate = "cache-hit-rate";
    public const string Uptime = "uptime";
    public const string ResourceUse = "resource-use";
    public const string Feedback = "feedback";
    public const string ComparisonReport = "comparison-report";
    public const string StagingValidation = "staging-validation";
    public const string SignOff = "sign-off";
}
