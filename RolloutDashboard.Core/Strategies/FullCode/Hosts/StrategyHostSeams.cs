using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Single layers that are left out, so that tests can show what the others hold; no configuration leads
/// here.</summary>
/// <param name="LeftOut">Layers that hosts don't set.</param>
/// <param name="HandsOverDescriptors">Whether the starter hands over what is open in this process.</param>
/// <param name="Bubblewrap">A command in place of bubblewrap's; null for the one on the PATH.</param>
internal sealed record StrategyHostSeams(
    HostLayers LeftOut = HostLayers.None,
    bool HandsOverDescriptors = false,
    string? Bubblewrap = null
);
