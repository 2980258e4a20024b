namespace RolloutDashboard.Core.Recovery;

/// <summary>One thing that was checked.</summary>
public sealed record VerifiedFact(bool IsGood, string Text);
