using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Knows what the installation uses of its machine.</summary>
public interface IResourceUse
{
    /// <summary>Memory, processor share, free disk and waiting time of jobs at this moment.</summary>
    /// <returns>Null where the system does not tell; nothing measured is never a pass.</returns>
    ResourceUse? Read();
}
