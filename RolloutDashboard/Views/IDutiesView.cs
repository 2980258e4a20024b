namespace RolloutDashboard.Views;

/// <summary>The work in the background, for a page.</summary>
public interface IDutiesView
{
    /// <summary>All of it, worst first.</summary>
    IReadOnlyList<DutyState> Read();
}
