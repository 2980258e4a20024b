namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A correction of the machine's clock that was taken over, with everything that waited moved by as
/// much.</summary>
public sealed class ClockCorrection
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>The instant by the clock as it was before.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What was added to the clock; negative where it was set back.</summary>
    public TimeSpan By { get; set; }

    /// <summary>Whether it took place while no process ran, so that its true size is not known: at least this
    /// much.</summary>
    public bool IsAtStart { get; set; }

    /// <summary>Lowest number of a production iteration that may already be timed by the corrected clock.</summary>
    public long FirstNumber { get; set; }

    /// <summary>Highest number of a production iteration that was claimed before.</summary>
    public long LastNumber { get; set; }

    /// <summary>Latest decision that was taken before.</summary>
    public long LastDecision { get; set; }
}
