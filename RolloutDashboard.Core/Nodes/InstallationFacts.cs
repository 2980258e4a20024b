namespace RolloutDashboard.Core.Nodes;

/// <summary>Names of what the process runs on, for the health panel.</summary>
/// <param name="Provider">For example "offline generator".</param>
/// <param name="MarketNotes">Templates left out, data faults and the like.</param>
public sealed record InstallationFacts(
    string Provider,
    string Market,
    IReadOnlyList<string> MarketNotes,
    string Sandbox,
    bool SandboxIsFull
)
{
    /// <summary>What was left out of the market's data, carried forward, or looks wrong in them, in one line; null
    /// where the data are whole.</summary>
    public string? MarketData { get; init; }
}
