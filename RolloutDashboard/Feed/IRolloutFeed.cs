namespace RolloutDashboard.Feed;

/// <summary>Says that something changed; carries no data, so that a burst can be folded into one look.</summary>
public interface IRolloutFeed
{
    /// <param name="onChanged">Must return quickly; may be called on any thread, also at the same time.</param>
    IDisposable Subscribe(Func<Task> onChanged);
}
