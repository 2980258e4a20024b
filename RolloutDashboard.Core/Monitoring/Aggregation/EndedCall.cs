namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>What providers and failures are told by, beside it.</summary>
/// <param name="Number">Only of a failure.</param>
internal readonly record struct EndedCall(
    int Parameters,
    int Provider,
    int Model,
    double? CostUsd,
    long? InputTokens,
    long? OutputTokens,
    double Milliseconds,
    long Number,
    int FailureKind,
    int FailureSignature
);
