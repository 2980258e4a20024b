namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What a gate or one of its criteria says.</summary>
public enum Verdict
{
    Pass = 0,
    Fail = 1,

    /// <summary>Too few samples, time not yet covered, or figures out of date: see <see cref="Shortage"/>.</summary>
    Inconclusive = 2,

    /// <summary>Nothing has been measured yet.</summary>
    NotMeasured = 3,

    /// <summary>The evaluation itself failed; never a pass.</summary>
    Error = 4,
}
