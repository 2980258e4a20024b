using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Support;

/// <summary>The work in the background as a test says.</summary>
public sealed class ScriptedDuties : IDutiesView
{
    public IReadOnlyList<DutyState> States { get; set; } = [];

    public IReadOnlyList<DutyState> Read() => States;
}
