namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>The hour's or the day's budget is used up.</summary>
public sealed class BudgetExhaustedException(string message, DateTimeOffset retryAt)
    : GenerationUnavailableException(message, retryAt);
