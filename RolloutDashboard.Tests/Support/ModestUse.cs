using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Tests.Support;

/// <summary>Well within the limits of a gate, whatever the machine that runs the tests is doing.</summary>
internal sealed class ModestUse : IResourceUse
{
    public ResourceUse Read() => new(300, 0.2, 50, TimeSpan.Zero);
}
