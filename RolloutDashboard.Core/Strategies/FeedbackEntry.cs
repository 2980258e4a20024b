using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies;

/// <summary>What came of an earlier iteration of the same arm.</summary>
public sealed record FeedbackEntry(
    long IterationNumber,
    string? TemplateName,
    string? ParametersJson,
    SuccessLevel Level,
    double? SharpeRatio,
    double? TotalReturn,
    double? MaxDrawdown,
    string? Error
);
