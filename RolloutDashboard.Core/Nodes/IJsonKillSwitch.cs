namespace RolloutDashboard.Core.Nodes;

/// <summary>Whether JSON may be used at this moment; read for every iteration.</summary>
public interface IJsonKillSwitch
{
    bool Allows { get; }
}
