using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Nodes;

/// <summary>Latch and marker file of drills, in a folder of their own: staging obeys them, production never sees
/// them.</summary>
public sealed class DrillSwitch(DataDirectory data, TimeProvider clock)
{
    /// <summary>The same kind of switch that production has.</summary>
    public JsonKillSwitch Switch { get; } = new(FolderIn(data), clock);

    /// <summary>Opens latch and marker file again after a drill.</summary>
    public void Open()
    {
        if (!Switch.Allows)
        {
            Switch.AuthorizeRelease(Switch.CaptureToken());
            Switch.TryRelease();
        }
    }

    private static DataDirectory FolderIn(DataDirectory data)
    {
        data.RequireSame();
        return DataDirectory.Make(Path.Combine(data.Path, "drill"));
    }
}
