namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What came of a look at the hold-out; nothing of the strategy's own words is kept.</summary>
public enum HoldOutOutcome
{
    /// <summary>Begun and not ended: it runs, or the process ended meanwhile. It counts as a look.</summary>
    Begun = 0,

    /// <summary>The strategy was measured on the hold-out.</summary>
    Measured = 1,

    /// <summary>The strategy failed on the hold-out, or had no Sharpe ratio there.</summary>
    NoResult = 2,

    /// <summary>Run again, the strategy gave another result on the visible days, so it was not measured.</summary>
    NotReproduced = 3,
}
