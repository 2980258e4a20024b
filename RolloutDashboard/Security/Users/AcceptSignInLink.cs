using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Security.Users;

/// <summary>Uses a one-time link up: makes the new administrator, or sets the user's password.</summary>
public sealed class AcceptSignInLink(
    UserAccounts accounts,
    SignInLinkStore links,
    OpenConnections connections,
    AccessChanges access,
    TimeProvider clock,
    ILogger<AcceptSignInLink> logger
)
{
    /// <param name="userName">Name that a new administrator chose; not used when the link names its user.</param>
    public Task<LinkAcceptance> ExecuteAsync(
        string? token,
        string? userName,
        string password,
        CancellationToken cancellationToken
    ) => accounts.UseAsync(open => AcceptAsync(open, token, userName, password, cancellationToken), cancellationToken);

    private async Task<LinkAcceptance> AcceptAsync(
        OpenUserAccounts open,
        string? token,
        string? userName,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (links.Find(token) is not { } link || !await IsOpenAsync(open, link, cancellationToken))
        {
            return LinkAcceptance.Dead;
        }

        var user =
            link.Purpose == LinkPurpose.SetPassword
                ? await open.Users.FindByNameAsync(link.UserName ?? "")
                : new DashboardUser { UserName = userName?.Trim() };
        if (user is null || user.IsRevoked)
        {
            return LinkAcceptance.Dead;
        }

        // All that the visitor can mend is checked before the link is used up.
        var reserved = link.Purpose == LinkPurpose.SetPassword ? null : ReservedNames.Problem(user.UserName);
        if ((reserved ?? await ProblemOfAsync(open, user, password)) is { } problem)
        {
            return LinkAcceptance.Retry(problem);
        }

        if (links.Take(token) is null)
        {
            return LinkAcceptance.Dead;
        }

        return await ChooseAsync(open, link, user, password, cancellationToken);
    }

    private async Task<LinkAcceptance> ChooseAsync(
        OpenUserAccounts open,
        SignInLink link,
        DashboardUser user,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await open.Database.BeginWriteAsync(cancellationToken);
        var result =
            link.Purpose == LinkPurpose.SetPassword
                ? await SetPasswordAsync(open, user, password)
                : await CreateAdministratorAsync(open, user, password);
        if (!result.Succeeded)
        {
            return LinkAcceptance.Dead with { Problem = UserChange.Problems(result) };
        }

        // Before the database has it: a restore of an older backup must not bring the old password back.
        NotePassword(user);
        await transaction.CommitAsync(cancellationToken);
        connections.CloseUser(user.Id);
        links.RemoveFor(user.UserName ?? "");
        logger.LogInformation("{User} chose a password by a one-time link ({Purpose})", user.UserName, link.Purpose);
        return new LinkAcceptance(user, null, true);
    }

    private void NotePassword(DashboardUser user) =>
        access.Note(
            new AccessChange(
                clock.GetUtcNow(),
                user.Id,
                user.UserName ?? user.Id,
                user.UserName ?? user.Id,
                IsRevoked: false,
                Role: null
            )
            {
                PasswordMark = AccessChange.MarkOf(user.PasswordHash),
            }
        );

    private static async Task<bool> IsOpenAsync(
        OpenUserAccounts open,
        SignInLink link,
        CancellationToken cancellationToken
    ) => link.Purpose != LinkPurpose.FirstAdministrator || !await open.Database.Users.AnyAsync(cancellationToken);

    private static async Task<string?> ProblemOfAsync(OpenUserAccounts open, DashboardUser user, string password)
    {
        var results = new List<IdentityResult>();
        foreach (var validator in open.Users.UserValidators)
        {
            results.Add(await validator.ValidateAsync(open.Users, user));
        }

        foreach (var validator in open.Users.PasswordValidators)
        {
            results.Add(await validator.ValidateAsync(open.Users, user, password));
        }

        var problems = results.SelectMany(result => result.Errors).Select(error => error.Description).ToList();
        return problems.Count == 0 ? null : string.Join(" ", problems);
    }

    private static async Task<IdentityResult> CreateAdministratorAsync(
        OpenUserAccounts open,
        DashboardUser user,
        string password
    )
    {
        var created = await open.Users.CreateAsync(user, password);
        return created.Succeeded ? await open.SetRoleAsync(user, Roles.Administrator) : created;
    }

    private static async Task<IdentityResult> SetPasswordAsync(
        OpenUserAccounts open,
        DashboardUser user,
        string password
    )
    {
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        if (
            await open.Users.HasPasswordAsync(user)
            && await open.Users.RemovePasswordAsync(user) is { Succeeded: false } failed
        )
        {
            return failed;
        }

        return await open.Users.AddPasswordAsync(user, password);
    }
}
