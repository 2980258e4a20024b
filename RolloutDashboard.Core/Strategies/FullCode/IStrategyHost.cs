using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Compiles and runs generated programs in child processes; nothing of a program ever runs in ours.</summary>
public interface IStrategyHost
{
    /// <summary>Checks (length, syntax, allow-list) and compiles; a hanging compiler is killed and counts as a failure.</summary>
    Task<CompileOutcome> CompileAsync(string source, CancellationToken cancellationToken);

    /// <summary>Runs a compiled program over the market, fed day by day, and turns its scores into positions.</summary>
    Task<RunOutcome> RunAsync(CompiledStrategy strategy, MarketPanel market, CancellationToken cancellationToken);

    /// <summary>"bubblewrap" or "reduced isolation", with what that means.</summary>
    SandboxStatus Status { get; }
}

/// <summary>A program that passed all checks.</summary>
/// <param name="Fields">Data that the program can read; null if that is not known.</param>
public sealed record CompiledStrategy(byte[] Assembly, string TypeName, IReadOnlyList<MarketField>? Fields = null);

/// <summary>A message about a program, with its place in the source (1-based), or 0 where there is none.</summary>
public sealed record SourceDiagnostic(string Code, string Message, int Line, int Column);

/// <param name="Strategy">Null when there is a failure.</param>
/// <param name="Fingerprint">Hash of the program without white space, comments and names.</param>
public sealed record CompileOutcome(CompiledStrategy? Strategy, GenerationFailure? Failure, IReadOnlyList<SourceDiagnostic> Diagnostics, string? Fingerprint, TimeSpan Elapsed);

/// <param name="Plan">Null when there is a failure.</param>
public sealed record RunOutcome(PositionPlan? Plan, GenerationFailure? Failure, TimeSpan Elapsed);
