using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Which isolation is active.</summary>
/// <param name="IsFull">Whether no layer is missing.</param>
/// <param name="Name">"bubblewrap", "reduced isolation", or "not started".</param>
/// <param name="Detail">What that means, and which layer is missing and why.</param>
public sealed record SandboxStatus(bool IsFull, string Name, string Detail)
{
    /// <summary>Before anything was tried.</summary>
    public static SandboxStatus NotStarted { get; } =
        new(false, "not started", "The strategy host has not been started yet.");

    /// <summary>From what was found by trying.</summary>
    /// <param name="why">Why there is no bubblewrap, in a sentence.</param>
    /// <param name="layers">What hosts take from themselves.</param>
    internal static SandboxStatus Of(bool hasBubblewrap, string why, HostLayers layers)
    {
        string[] missing =
        [
            .. hasBubblewrap ? Array.Empty<string>() : [$"namespaces of their own ({why.TrimEnd('.')})"],
            .. layers.HasFlag(HostLayers.CallFilter)
                ? Array.Empty<string>()
                : ["the filter of system calls (this system has none)"],
            .. layers.HasFlag(HostLayers.Limits)
                ? Array.Empty<string>()
                : ["limits of memory beyond the managed heap and of processor time (this system has none)"],
            .. layers.HasFlag(HostLayers.Descriptors)
                ? Array.Empty<string>()
                : ["closing what they are handed over (this system has no list of it)"],
        ];
        var held = layers.HasFlag(HostLayers.CallFilter)
            ? "Programs open no file, socket or process, share no memory and reach no other process, with limits on memory and time."
            : "Programs are checked before they run, and limited in managed memory and time.";
        return missing.Length == 0
            ? new SandboxStatus(
                true,
                "bubblewrap",
                $"{held} They run in namespaces of their own, without network or home."
            )
            : new SandboxStatus(
                false,
                hasBubblewrap ? "bubblewrap without a layer" : "reduced isolation",
                $"{held} Missing: {string.Join("; ", missing)}."
            );
    }
}
