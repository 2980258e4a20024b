using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>
/// Opens the user store anew for each use case: a page lives for hours, and a store that lived as long would answer
/// from what it once read. Changes run one at a time, so that two can't each remove the other's last administrator.
/// </summary>
public sealed class UserAccounts(IServiceScopeFactory scopes, UserDecisions decisions) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>
    /// Runs <paramref name="change"/> with a fresh store if <paramref name="actor"/> is an administrator; the change
    /// and its decision record are one transaction.
    /// </summary>
    public async Task<UserChange> ChangeAsync(
        AuthorizedUser actor,
        Func<OpenUserAccounts, Task<UserChange>> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Roles.Administrator))
        {
            return UserChange.Refused("Only an administrator may change users.");
        }

        var result = await UseAsync(open => CommitAsync(open, actor, change, cancellationToken), cancellationToken);
        if (result.Succeeded)
        {
            await decisions.CommittedAsync();
        }

        return result;
    }

    internal async Task<T> UseAsync<T>(Func<OpenUserAccounts, Task<T>> use, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await use(
                new OpenUserAccounts(
                    scope.ServiceProvider.GetRequiredService<UserManager<DashboardUser>>(),
                    scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>(),
                    scope.ServiceProvider.GetRequiredService<RolloutDb>()
                )
            );
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<UserChange> CommitAsync(
        OpenUserAccounts open,
        AuthorizedUser actor,
        Func<OpenUserAccounts, Task<UserChange>> change,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await open.Database.BeginWriteAsync(cancellationToken);
        if (!await open.IsStillAdministratorAsync(actor, cancellationToken))
        {
            return UserChange.Refused("Your access has ended meanwhile; nothing was changed.");
        }

        var result = await change(open);
        if (!result.Succeeded)
        {
            return result;
        }

        if (result.Decision is { } draft)
        {
            await decisions.AppendAsync(open.Database, draft, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
