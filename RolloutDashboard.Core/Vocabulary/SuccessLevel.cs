namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How far a strategy got; always computed from its metrics.</summary>
public enum SuccessLevel
{
    /// <summary>Failed to execute.</summary>
    Failed = 0,

    /// <summary>Executed; under 60 % of the metrics present and finite.</summary>
    Executed = 1,

    /// <summary>At least 60 % present; Sharpe missing or not above 0.</summary>
    Measured = 2,

    /// <summary>At least 60 % present and Sharpe above 0: success.</summary>
    Profitable = 3,
}
