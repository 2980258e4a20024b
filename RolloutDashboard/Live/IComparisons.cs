using System.Security.Claims;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;

namespace RolloutDashboard.Live;

/// <summary>Comparisons for pages.</summary>
public interface IComparisons
{
    Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<KeptComparison>> ListAsync(CancellationToken cancellationToken);

    /// <param name="waiting">Gets the share that is done, in percent.</param>
    Task<SharedResult<MadeComparison>> CompareAsync(SetSelection first, SetSelection second, Waiting? waiting, CancellationToken cancellationToken);

    Task<KeptReport?> FindAsync(long id, CancellationToken cancellationToken);

    Task<Recomputed> AgainAsync(long id, CancellationToken cancellationToken);

    /// <returns>The number of the kept report, or null with the reason in the result.</returns>
    Task<(CommandResult Result, long? Id)> KeepAsync(SetSelection first, SetSelection second, ClaimsPrincipal user, CancellationToken cancellationToken);
}
