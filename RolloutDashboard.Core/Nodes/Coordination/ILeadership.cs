namespace RolloutDashboard.Core.Nodes.Coordination;

/// <summary>Which of the processes on one database judges, alerts, follows procedures and sends messages.</summary>
public interface ILeadership
{
    /// <summary>Whether it is this one.</summary>
    bool IsHere { get; }
}
