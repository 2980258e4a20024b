using RolloutDashboard.Core.Faults;

namespace RolloutDashboard.Jobs;

/// <summary>A turn of work in the background.</summary>
/// <param name="Take">Does the work; gives whether something was done that shows that it works.</param>
public sealed record DutyTurn(FaultSource Source, Func<CancellationToken, Task<bool>> Take)
{
    /// <summary>Gives what is told of a failure instead of the exception's own words; null for these.</summary>
    public Func<Exception, string?> WordsFor { get; init; } = _ => null;

    /// <summary>Whether its failures alert by a path of their own.</summary>
    public bool AlertsByItself { get; init; }
}
