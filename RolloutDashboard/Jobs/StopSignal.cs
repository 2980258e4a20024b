using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Jobs;

/// <summary>Restarts the loop's workers after a stop of production, and has pages and duties look at once.</summary>
public sealed class StopSignal(LoopWorkers workers, DutySignal duties, IRolloutChanges changes) : IStopSignal
{
    /// <inheritdoc/>
    public void Changed() => changes.Publish();

    /// <inheritdoc/>
    public void Ends(RolloutEnvironment environment)
    {
        if (environment == RolloutEnvironment.Production)
        {
            workers.Restart();
            duties.LookNow();
        }
    }
}
