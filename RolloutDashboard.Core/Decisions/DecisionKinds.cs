namespace RolloutDashboard.Core.Decisions;

/// <summary>Kinds of decisions that more than one room knows by name.</summary>
public static class DecisionKinds
{
    /// <summary>The database was put back to a backup.</summary>
    public const string Restored = "restore";
}
