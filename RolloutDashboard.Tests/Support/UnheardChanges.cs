using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Tests.Support;

/// <summary>Nobody looks at the pages.</summary>
internal sealed class UnheardChanges : IRolloutChanges
{
    public void Publish()
    {
        // Nobody listens.
    }
}
