using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <param name="Plan">Null when there is a failure.</param>
public sealed record RunOutcome(PositionPlan? Plan, GenerationFailure? Failure, TimeSpan Elapsed);
