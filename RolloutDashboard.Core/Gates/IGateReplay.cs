namespace RolloutDashboard.Core.Gates;

/// <summary>Runs gates over the recorded history; what it says is shown before an edit is saved.</summary>
public interface IGateReplay
{
    /// <summary>Lines in the order of the history.</summary>
    Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(GateDefinition definition, CancellationToken cancellationToken);
}
