using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Security.Users;

/// <summary>Makes the link by which a user chooses a password, to be handed over by the administrator; works once, for
/// 24 hours, and replaces earlier ones.</summary>
public sealed class IssueSignInLink(
    UserAccounts accounts,
    SignInLinkStore links,
    TimeProvider time,
    ILogger<IssueSignInLink> logger
)
{
    public async Task<IssuedLink> ExecuteAsync(
        AuthorizedUser actor,
        string userName,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Roles.Administrator))
        {
            return new IssuedLink(null, null, "Only an administrator may make sign-in links.");
        }

        var name = userName;
        var change = await accounts.ChangeAsync(
            actor,
            async open =>
            {
                if (await open.Users.FindByNameAsync(userName) is not { IsRevoked: false } user)
                {
                    return UserChange.Refused($"There is no user '{userName}' who may sign in.");
                }

                name = user.UserName ?? userName;
                return UserChange.Done(Decision(actor, name));
            },
            cancellationToken
        );
        if (!change.Succeeded)
        {
            return new IssuedLink(null, null, change.Problem);
        }

        links.RemoveFor(userName);
        var link = Invitation(name);
        var token = await links.IssueAsync(link, cancellationToken);
        logger.LogInformation("{Actor} made a sign-in link for {User}", actor.Name, name);
        return new IssuedLink(link, token, null);
    }

    private static DecisionDraft Decision(AuthorizedUser actor, string name) =>
        new("sign-in-link", actor.Name, $"A sign-in link was made for {name}.", null, new { user = name });

    private SignInLink Invitation(string name) =>
        new(LinkPurpose.SetPassword, name, time.GetUtcNow() + SignInLink.InvitationLife, LocalOnly: false);
}
