namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>Business objectives signed off by a person.</summary>
public sealed record SignOff(string Name, DateTimeOffset At);
