using System.Security.Claims;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands on users out, after reading user and role from the database.</summary>
public sealed class UserCommands(
    CommandAuthorization authorization,
    CreateUser create,
    ChangeUserRole changeRole,
    RevokeUser revoke,
    ReinstateUser reinstate,
    IssueSignInLink issueLink
) : IUserCommands
{
    private static readonly CommandResult NotAllowed = new(
        false,
        $"You may not change users: that needs the role {Roles.Administrator}."
    );

    public Task<CommandResult> AddAsync(
        string name,
        string role,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            user,
            person => create.ExecuteAsync(person, name.Trim(), role, cancellationToken),
            $"{name.Trim()} is added as {role}. Make a sign-in link for that person next.",
            cancellationToken
        );

    public Task<CommandResult> ChangeRoleAsync(
        string name,
        string role,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            user,
            person => changeRole.ExecuteAsync(person, name, role, reason.Trim(), cancellationToken),
            $"{name} is {role} now and signs in anew.",
            cancellationToken
        );

    public Task<CommandResult> RevokeAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            user,
            person => revoke.ExecuteAsync(person, name, reason.Trim(), cancellationToken),
            $"{name} has no access any more; open pages are closed.",
            cancellationToken
        );

    public Task<CommandResult> ReinstateAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            user,
            person => reinstate.ExecuteAsync(person, name, reason.Trim(), cancellationToken),
            $"{name} may come back. Make a sign-in link for the new password.",
            cancellationToken
        );

    public async Task<LinkResult> IssueLinkAsync(
        string name,
        Uri server,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Administrator, cancellationToken) is not { } person)
        {
            return new LinkResult(NotAllowed, null, null);
        }

        var issued = await issueLink.ExecuteAsync(person, name, cancellationToken);
        return issued is { Link: { } link, Token: { } token }
            ? new LinkResult(
                new CommandResult(
                    true,
                    $"The link for {name} works once, for 24 hours. It is shown only now: hand it over by a safe way."
                ),
                link.At(server, token).ToString(),
                link.ExpiresAt
            )
            : new LinkResult(new CommandResult(false, issued.Problem ?? "No link was made."), null, null);
    }

    private async Task<CommandResult> ChangeAsync(
        ClaimsPrincipal user,
        Func<AuthorizedUser, Task<UserChange>> change,
        string done,
        CancellationToken cancellationToken
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Administrator, cancellationToken) is not { } person)
        {
            return NotAllowed;
        }

        var result = await change(person);
        return new CommandResult(result.Succeeded, result.Problem ?? done);
    }
}
