namespace RolloutDashboard.Studies;

/// <summary>Somebody who waits for long work. Leaving lets it go on; stopping ends it, unless others wait for it
/// too.</summary>
/// <param name="progress">Told how far the work is; null where nobody asks.</param>
public sealed class JobSubscription(IProgress<int>? progress)
{
    public IProgress<int>? Progress => progress;

    /// <summary>Whose turn the work takes; empty for a person who is not known.</summary>
    public string Person { get; init; } = "";

    /// <summary>Whether a recent result won't do where something it is made from has changed since.</summary>
    public bool WantsLatest { get; init; }

    /// <summary>To be set before the waiting is cancelled.</summary>
    public bool IsStopped { get; set; }

    /// <summary>A program or browser that asked for a file: with its connection the work ends too.</summary>
    public static JobSubscription Of(HttpContext context) =>
        new(progress: null) { Person = context.User.Identity?.Name ?? "", IsStopped = true };
}
