namespace RolloutDashboard.Core.Gates.Inputs;

/// <param name="Mean">1 to 5.</param>
/// <param name="People">Different signed-in people.</param>
public sealed record FeedbackScore(double Mean, int People);
