namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Knows how long jobs wait for a worker.</summary>
public interface IQueueAge
{
    /// <summary>Age of the oldest job that waits; zero when none does, null where it can't be told.</summary>
    TimeSpan? Read();
}
