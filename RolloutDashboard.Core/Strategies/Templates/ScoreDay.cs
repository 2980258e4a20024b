using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Gives each stock of a signal day a key; what stays at <see cref="Ranking.NotEligible"/> is not
/// picked.</summary>
internal delegate void ScoreDay(int index, int day, Span<double> keys);
