using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Compiles and runs generated programs in child processes; nothing of a program ever runs in ours.</summary>
public interface IStrategyHost
{
    /// <summary>Checks (length, syntax, allow-list) and compiles; a hanging compiler is killed and counts as a
    /// failure.</summary>
    Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken);

    /// <summary>Runs a compiled program over the market, fed day by day, and turns its scores into positions.</summary>
    Task<RunOutcome> RunAsync(CompiledStrategy strategy, MarketPanel market, CancellationToken cancellationToken);

    /// <summary>"bubblewrap" or "reduced isolation", with what that means.</summary>
    SandboxStatus Status { get; }
}
