namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>What a validation run is to open the way for.</summary>
public enum StagingPurpose
{
    /// <summary>The next stage's configuration, before a promotion.</summary>
    Promotion = 0,

    /// <summary>The same stage's configuration, before a resume after a rollback.</summary>
    Resume = 1,

    /// <summary>A drill of the immediate rollback; says nothing about a configuration.</summary>
    Drill = 2,
}
