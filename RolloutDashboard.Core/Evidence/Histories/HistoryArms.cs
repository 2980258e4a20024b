using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Which arm a record of a history says that it belongs to.</summary>
internal static class HistoryArms
{
    /// <summary>The declared arm; null where none was declared.</summary>
    public static GenerationMode? Of(CheckedIteration one) => one.ArmUndeclared ? null : one.AssignedMode;
}
