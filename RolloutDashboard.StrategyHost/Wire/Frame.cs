namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>One message between parent and child.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Payload);
