using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Stages;

/// <summary>Iterations of one assigned mode that ended in an attempt.</summary>
internal sealed record AttemptCount(Stage Stage, int Attempt, GenerationMode Mode, int Count);
