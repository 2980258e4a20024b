namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>What a host has taken from itself before it says that it is ready; the payload of that frame is one byte of
/// them.</summary>
[Flags]
internal enum HostLayers : byte
{
    /// <summary>Nothing: this system has none of it.</summary>
    None = 0,

    /// <summary>Descriptors that it was handed over are closed.</summary>
    Descriptors = 1,

    /// <summary>Memory, processor time, files and queues are limited.</summary>
    Limits = 2,

    /// <summary>System calls are filtered.</summary>
    CallFilter = 4,

    /// <summary>All of them.</summary>
    All = Descriptors | Limits | CallFilter,
}
