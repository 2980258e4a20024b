using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Settings;

/// <summary>The work in the background: what fails, is slow or rests stands first; the rest is folded into a
/// count.</summary>
public sealed partial class DutyTable
{
    /// <summary>Worst first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DutyState> States { get; set; }

    private static bool IsNotable(DutyState state) => state.Condition < DutyCondition.Waiting;

    private static StatusPresentation Look(DutyCondition condition) =>
        condition switch
        {
            DutyCondition.Failing => new(Icons.Material.Filled.Error, "Fails", "bad"),
            DutyCondition.Slow => new(Icons.Material.Filled.HourglassBottom, "Slow", "warn"),
            DutyCondition.Resting => new(Icons.Material.Outlined.Bedtime, "Rests", "warn"),
            DutyCondition.Waiting => new(Icons.Material.Outlined.Schedule, "Nothing due yet", "quiet"),
            _ => new(Icons.Material.Filled.CheckCircle, "Works", "good"),
        };

    private static string Every(TimeSpan? interval) =>
        interval is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.##} s")
            : "as it comes";
}
