namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Where an iteration ran; records of the two never mix.</summary>
public enum RolloutEnvironment
{
    Production = 0,
    Staging = 1,
}
