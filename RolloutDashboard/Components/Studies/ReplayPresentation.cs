using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Evidence.Replay;

namespace RolloutDashboard.Components.Studies;

/// <summary>How an event of a replay looks: icon, word and tone.</summary>
public static class ReplayPresentation
{
    public static StatusPresentation Of(ReplayKind kind) =>
        kind switch
        {
            ReplayKind.Promoted => new(Icons.Material.Filled.CheckCircle, "may promote", "good"),
            ReplayKind.Held => new(Icons.Material.Outlined.PanTool, "held", "warn"),
            ReplayKind.Warned => new(Icons.Material.Filled.Warning, "warned", "warn"),
            ReplayKind.Resolved => new(Icons.Material.Outlined.TaskAlt, "resolved", "info"),
            ReplayKind.RolledBack => new(Icons.Material.Filled.Undo, "rolled back", "bad"),
            _ => new(Icons.Material.Filled.Block, "halted", "bad"),
        };
}
