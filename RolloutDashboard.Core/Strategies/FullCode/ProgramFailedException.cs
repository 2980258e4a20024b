using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>A program told its host that it failed.</summary>
internal sealed class ProgramFailedException(RunFailure failure) : Exception(failure.Message)
{
    public RunFailure Failure { get; } = failure;
}
