namespace RolloutDashboard.Core.Promotions;

/// <param name="LookAgain">The evidence has changed since it was looked at; nothing was done and the person is asked
/// again.</param>
public sealed record PromotionResult(bool Succeeded, string Message, bool LookAgain = false);
