using System.Security.Claims;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Live;

/// <summary>Comparisons over the use cases; keeping one reads user and role from the database first.</summary>
public sealed class Comparisons(CommandAuthorization authorization, IImportedHistories imported, CompareSelections compareSelections, KeepComparison keepComparison) : IComparisons
{
    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) => imported.ListAsync(cancellationToken);

    public Task<IReadOnlyList<KeptComparison>> ListAsync(CancellationToken cancellationToken) => keepComparison.ListAsync(cancellationToken);

    public Task<MadeComparison> CompareAsync(SetSelection first, SetSelection second, CancellationToken cancellationToken) => compareSelections.ExecuteAsync(first, second, cancellationToken);

    public Task<KeptReport?> FindAsync(long id, CancellationToken cancellationToken) => keepComparison.FindAsync(id, cancellationToken);

    public Task<Recomputed> AgainAsync(long id, CancellationToken cancellationToken) => keepComparison.AgainAsync(id, cancellationToken);

    public async Task<(CommandResult Result, long? Id)> KeepAsync(SetSelection first, SetSelection second, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, cancellationToken) is not { } person)
        {
            return (new CommandResult(false, $"You may not keep a report: that needs the role {Roles.Analyst}. Ask an administrator."), null);
        }

        try
        {
            var id = await keepComparison.ExecuteAsync(first, second, person.Name, cancellationToken);
            return (new CommandResult(true, "The report is kept."), id);
        }
        catch (SelectionException exception)
        {
            return (new CommandResult(false, exception.Message), null);
        }
    }
}
