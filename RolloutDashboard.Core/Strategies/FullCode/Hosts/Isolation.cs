using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>An isolation that was tried and works.</summary>
/// <param name="Layers">What the hosts take from themselves.</param>
internal sealed record Isolation(SandboxStatus Status, HostCommand Command, HostLayers Layers);
