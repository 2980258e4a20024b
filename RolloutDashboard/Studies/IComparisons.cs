using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;

namespace RolloutDashboard.Studies;

/// <summary>Comparisons for pages.</summary>
public interface IComparisons
{
    Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<SavedComparison>> ListAsync(CancellationToken cancellationToken);

    /// <param name="waiting">Gets the share that is done, in percent.</param>
    /// <exception cref="SelectionException">A side names a data set that is not there, or is too large.</exception>
    Task<DeduplicatedJob<ComparisonResult>> CompareAsync(
        SetSelection first,
        SetSelection second,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    );

    /// <summary>A comparison that was given out lately, as it was; null where it is no longer at hand.</summary>
    ComparisonResult? Shown(string hash);

    Task<SavedReport?> FindAsync(long id, CancellationToken cancellationToken);

    /// <param name="person">Whose turn it takes.</param>
    Task<Recomputed> AgainAsync(long id, string person, CancellationToken cancellationToken);

    /// <param name="shown">What the person saw; it is kept as it is.</param>
    /// <returns>The number of the kept report, or null with the reason in the result.</returns>
    Task<(CommandResult Result, long? Id)> KeepAsync(
        ComparisonResult shown,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );
}
