using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Nodes;

/// <summary>Is told that the loop can't go on for now.</summary>
public interface ILoopWait
{
    /// <param name="until">When to try again; soon if nobody knows.</param>
    void Waits(string reason, DateTimeOffset? until = null);

    /// <summary>Says that an iteration which has begun waits, until disposed. It claims no other meanwhile, and is a
    /// sign of life.</summary>
    IDisposable Hold(LoopWaitKind kind, string reason);
}
