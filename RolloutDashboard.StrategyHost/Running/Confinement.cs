using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>Takes from this process all that it will not need, for good, before anything foreign reaches it.</summary>
/// <param name="HeadroomMegabytes">Address space above what the started process uses.</param>
/// <param name="CpuSeconds">Processor time of the process.</param>
/// <param name="LeftOut">A layer that is not set, so that the others can be tested without it; the application leaves
/// out none.</param>
internal sealed record Confinement(int HeadroomMegabytes, int CpuSeconds, HostLayers LeftOut = HostLayers.None)
{
    /// <summary>The first layer: closes descriptors that were handed over, and lets the process end with its
    /// parent.</summary>
    public void Begin()
    {
        if (!LeftOut.HasFlag(HostLayers.Descriptors))
        {
            InheritedDescriptors.Close();
        }

        ProcessLimits.DieWithParent();
    }

    /// <summary>The others. Everything must have been loaded.</summary>
    /// <returns>What this system has of them.</returns>
    public HostLayers Complete()
    {
        var layers =
            LeftOut.HasFlag(HostLayers.Descriptors) || !OperatingSystem.IsLinux()
                ? HostLayers.None
                : HostLayers.Descriptors;
        if (ProcessLimits.AreKnown && !LeftOut.HasFlag(HostLayers.Limits))
        {
            ProcessLimits.Apply(HeadroomMegabytes, CpuSeconds);
            layers |= HostLayers.Limits;
        }

        return !LeftOut.HasFlag(HostLayers.CallFilter) && SystemCallFilter.Install()
            ? layers | HostLayers.CallFilter
            : layers;
    }
}
