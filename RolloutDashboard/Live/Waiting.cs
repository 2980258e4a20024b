namespace RolloutDashboard.Live;

/// <summary>Somebody who waits for long work. Leaving lets it go on; stopping ends it, unless others wait for it too.</summary>
/// <param name="progress">Told how far the work is.</param>
public sealed class Waiting(IProgress<int> progress)
{
    public IProgress<int> Progress => progress;

    /// <summary>Whether a recent result won't do where something it is made from has changed since.</summary>
    public bool WantsLatest { get; init; }

    /// <summary>To be set before the waiting is cancelled.</summary>
    public bool IsStopped { get; set; }
}
