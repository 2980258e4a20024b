using RolloutDashboard.Core.Evidence.Histories;

namespace RolloutDashboard.Studies;

/// <summary>What a lead asks first of an imported data set, for pages and HTTP.</summary>
public interface ISetSummaries
{
    /// <summary>By the gates in force now; null where there is no such set.</summary>
    Task<HistorySummary?> FindAsync(int setId, JobSubscription? waiting, CancellationToken cancellationToken);
}
