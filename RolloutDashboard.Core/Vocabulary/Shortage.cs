namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What an inconclusive verdict waits for.</summary>
public enum Shortage
{
    /// <summary>Iterations, answers of people or proof.</summary>
    Samples = 0,

    /// <summary>The minimum time is not covered.</summary>
    Time = 1,

    /// <summary>The figures are too old to say anything about now.</summary>
    FreshFigures = 2,
}
