namespace RolloutDashboard.Core.Strategies;

/// <summary>The arm's champion as a prompt shows it: canonical parameters or code, with its visible metrics.</summary>
public sealed record ChampionBrief(
    string? TemplateName,
    string? ParametersJson,
    string? Code,
    double SharpeRatio,
    double? TotalReturn,
    double? MaxDrawdown
);
