namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Who made the strategy of an iteration.</summary>
public enum IterationKind
{
    /// <summary>A model, in one of the two modes.</summary>
    Generated = 0,

    /// <summary>A mutation of the best known parameters; belongs to no arm, share or gate.</summary>
    Mutation = 1,

    /// <summary>Nobody knows: its record was lost in a restore; belongs to no arm, share or gate.</summary>
    Unknown = 2,
}
