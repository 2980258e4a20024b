namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>Why a lineage takes no further iterations. Numbers are stored.</summary>
public enum LineageEnd
{
    /// <summary>It reached its planned length.</summary>
    Complete = 0,

    /// <summary>Configuration, market data, engine, prompts, provider or model changed: a new segment began.</summary>
    Segment = 1,

    /// <summary>The stage, its attempt or the validation run that it belonged to ended.</summary>
    Attempt = 2,

    /// <summary>A stop, a rollback or a person ended it.</summary>
    Stop = 3,

    /// <summary>The process that worked on it ended.</summary>
    Session = 4,

    /// <summary>Rollout:LineageLength was changed.</summary>
    Length = 5,

    /// <summary>The database was exchanged for a backup.</summary>
    Restore = 6,
}
