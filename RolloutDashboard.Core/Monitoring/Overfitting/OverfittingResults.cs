using System.Collections.Concurrent;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>The latest measurement of each environment. It is made anew from the records after a start, so it is kept
/// nowhere else.</summary>
public sealed class OverfittingResults
{
    private readonly ConcurrentDictionary<RolloutEnvironment, SearchOverfitting> _latest = new();

    /// <summary>Null until it has been measured.</summary>
    public SearchOverfitting? Of(RolloutEnvironment environment) => _latest.GetValueOrDefault(environment);

    public void Set(SearchOverfitting measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        _latest[measured.Environment] = measured;
    }
}
