namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>A selection that can't be read, with what to do.</summary>
public sealed class SelectionException(SelectionFault fault, string message) : Exception(message)
{
    public SelectionFault Fault => fault;
}
