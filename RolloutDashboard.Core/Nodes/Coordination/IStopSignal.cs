using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Nodes.Coordination;

/// <summary>Tells the rest of the process of a stop of JSON mode, so that whoever stops has nothing else to
/// remember.</summary>
public interface IStopSignal
{
    /// <summary>It was asked for, committed or carried out; pages look.</summary>
    void Changed();

    /// <summary>The stop has been carried out, or waits for a database that has not taken it; workers begin
    /// anew.</summary>
    void Ends(RolloutEnvironment environment);
}
