namespace RolloutDashboard.Core.Nodes;

/// <summary>Tells pages that something changed; carries no data.</summary>
public interface IRolloutChanges
{
    void Publish();

    /// <summary>The same for what happens all the time, such as an iteration that ended: where many look, they may see
    /// it some seconds later.</summary>
    void PublishProgress() => Publish();
}
