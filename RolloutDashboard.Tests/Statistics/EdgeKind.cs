namespace RolloutDashboard.Tests.Statistics;

/// <summary>What kind of quantity a field of a question is, by its meaning in statistics.</summary>
public enum EdgeKind
{
    /// <summary>A number of observations: 0 or more, fractional for an effective n.</summary>
    Count,

    /// <summary>A number of observations without which nothing is defined.</summary>
    PositiveCount,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A probability or rate from 0 to 1.</summary>
    Share,

    /// <summary>A significance level or a power.</summary>
    Level,

    /// <summary>A variance or a standard error that may be 0.</summary>
    NotNegative,

    /// <summary>A variance, a prior, a ratio or a scale.</summary>
    Positive,

    /// <summary>Any finite number.</summary>
    Real,

    Text,

    /// <summary>A list or an object.</summary>
    Structure,
}
