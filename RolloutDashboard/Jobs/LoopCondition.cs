namespace RolloutDashboard.Jobs;

/// <summary>Why the loop can't go on though it should; null when it can. Shown as "waiting".</summary>
public sealed class LoopCondition
{
    private volatile string? _waitsFor;

    public string? WaitsFor => _waitsFor;

    public void Waits(string reason) => _waitsFor = reason;

    public void GoesOn() => _waitsFor = null;
}
