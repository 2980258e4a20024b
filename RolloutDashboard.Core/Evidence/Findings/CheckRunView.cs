using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>The latest run of the checks.</summary>
public sealed record CheckRunView(
    DateTimeOffset At,
    Stage Stage,
    int Attempt,
    long UpToNumber,
    int Iterations,
    double Milliseconds,
    string? Fault,
    bool IsOld
);
