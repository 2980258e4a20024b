using RolloutDashboard.Jobs;
using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Support;

/// <summary>The work in the background as a test says.</summary>
public sealed class ScriptedDuties : IDutiesView
{
    public static IReadOnlyList<DutyState> AllWork { get; } =
    [
        new(
            "drill",
            "Following a drill",
            TimeSpan.FromSeconds(1),
            true,
            DutyCondition.Working,
            DutyHealth.None with
            {
                SucceededAt = Scripted.Start,
            }
        ),
    ];

    public static IReadOnlyList<DutyState> OneFails { get; } =
    [
        new(
            "backup",
            "Backing the database up",
            TimeSpan.FromSeconds(5),
            true,
            DutyCondition.Failing,
            new DutyHealth(null, null, Scripted.Start, 3, "planted")
        ),
        .. AllWork,
    ];

    public IReadOnlyList<DutyState> States { get; set; } = AllWork;

    public IReadOnlyList<DutyState> Read() => States;
}
