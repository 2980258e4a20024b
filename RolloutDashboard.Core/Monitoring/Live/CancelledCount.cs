using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Cancelled iterations of one reason.</summary>
public sealed record CancelledCount(CancellationReason Reason, int Count);
