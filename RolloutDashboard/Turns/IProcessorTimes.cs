namespace RolloutDashboard.Turns;

/// <summary>Processor times used so far.</summary>
public interface IProcessorTimes
{
    /// <summary>By the process and by those of its children that have ended.</summary>
    TimeSpan OfProcessAndChildren { get; }

    /// <summary>By everything on the machine, and what all its processors could have been used; zero where it is not
    /// known.</summary>
    (TimeSpan Busy, TimeSpan All) OfMachine { get; }

    /// <summary>By the calling thread.</summary>
    TimeSpan OfThread { get; }
}
