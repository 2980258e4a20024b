using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>Answer of a change to users.</summary>
/// <param name="Succeeded">Whether it was carried out.</param>
/// <param name="Problem">Why not, as a sentence for a person.</param>
public sealed record UserChange(bool Succeeded, string? Problem)
{
    /// <summary>What a carried out change leaves in the chain of decisions.</summary>
    public DecisionDraft? Decision { get; private init; }

    public static UserChange Done(DecisionDraft decision) => new(true, null) { Decision = decision };

    public static UserChange Refused(string problem) => new(false, problem);

    /// <param name="decision">Recorded if <paramref name="result"/> says that it was done.</param>
    public static UserChange From(IdentityResult result, DecisionDraft decision)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Succeeded ? Done(decision) : Refused(Problems(result));
    }

    public static string Problems(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Description));
}

/// <summary>
/// Opens the user store anew for each use case: a page lives for hours, and a store that lived as long would answer from
/// what it once read. Changes run one at a time, so that two can't each remove the other's last administrator.
/// </summary>
public sealed class UserAccounts(IServiceScopeFactory scopes, UserDecisions decisions) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>
    /// Runs <paramref name="change"/> with a fresh store if <paramref name="actor"/> is an administrator; the change and its
    /// decision record are one transaction.
    /// </summary>
    public async Task<UserChange> ChangeAsync(
        AuthorizedUser actor, Func<OpenUserAccounts, Task<UserChange>> change, CancellationToken cancellationToken)
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
            return await use(new OpenUserAccounts(
                scope.ServiceProvider.GetRequiredService<UserManager<DashboardUser>>(),
                scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>(),
                scope.ServiceProvider.GetRequiredService<RolloutDb>()));
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<UserChange> CommitAsync(OpenUserAccounts open, AuthorizedUser actor, Func<OpenUserAccounts, Task<UserChange>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await open.Database.Database.BeginTransactionAsync(cancellationToken);
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

/// <summary>The user store, open for one use case.</summary>
public sealed class OpenUserAccounts(UserManager<DashboardUser> users, RoleManager<IdentityRole> roles, RolloutDb database)
{
    public UserManager<DashboardUser> Users { get; } = users;

    public RolloutDb Database { get; } = database;

    /// <summary>Gives a user exactly one role.</summary>
    public async Task<IdentityResult> SetRoleAsync(DashboardUser user, string role)
    {
        if (!await roles.RoleExistsAsync(role) && await roles.CreateAsync(new IdentityRole(role)) is { Succeeded: false } failed)
        {
            return failed;
        }

        var held = await Users.GetRolesAsync(user);
        var removed = await Users.RemoveFromRolesAsync(user, held.Where(name => name != role));
        return !removed.Succeeded || held.Contains(role) ? removed : await Users.AddToRoleAsync(user, role);
    }

    /// <summary>Whether an actor of this database is an administrator at this moment; the command line, which has no row, always is.</summary>
    public async Task<bool> IsStillAdministratorAsync(AuthorizedUser actor, CancellationToken cancellationToken) =>
        actor == AuthorizedUser.CommandLine
        || await (
            from membership in Database.UserRoles
            join role in Database.Roles on membership.RoleId equals role.Id
            join row in Database.Users on membership.UserId equals row.Id
            where row.Id == actor.Id && !row.IsRevoked && role.Name == Roles.Administrator
            select row.Id).AnyAsync(cancellationToken);

    /// <summary>Whether the user is the only administrator who can still sign in.</summary>
    public async Task<bool> IsLastAdministratorAsync(DashboardUser user, CancellationToken cancellationToken)
    {
        var active = await (
            from membership in Database.UserRoles
            join role in Database.Roles on membership.RoleId equals role.Id
            join row in Database.Users on membership.UserId equals row.Id
            where role.Name == Roles.Administrator && !row.IsRevoked && row.PasswordHash != null
            select row.Id).ToListAsync(cancellationToken);
        return active.Count == 1 && active[0] == user.Id;
    }
}
