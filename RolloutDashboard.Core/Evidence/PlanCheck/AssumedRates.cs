namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>Assumed true success rates, 0 to 1.</summary>
/// <param name="Broken">JSON success after something broke, which the rollback is to catch.</param>
public sealed record AssumedRates(double Json = 0.80, double FullCode = 0.25, double Broken = 0.40);
