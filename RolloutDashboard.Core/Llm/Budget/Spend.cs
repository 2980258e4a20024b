namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>What an answer cost. Unknown dollars are null and count only in tokens.</summary>
public sealed record Spend(DateTimeOffset Time, double? Usd, long Tokens)
{
    /// <summary>Whether the tokens, and with them the dollars, are estimated from the length of the texts.</summary>
    public bool IsEstimated { get; init; }
}
