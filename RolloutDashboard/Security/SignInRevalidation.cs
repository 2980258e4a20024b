using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>Asks for every open page, every ten seconds, whether its person is still signed in; if not, the page loses
/// them and its connection.</summary>
public sealed class SignInRevalidation(
    ILoggerFactory loggers,
    ILogger<SignInRevalidation> logger,
    CommandAuthorization commands,
    OpenConnections connections
) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(authenticationState);
        if (await MayStayAsync(authenticationState.User, cancellationToken))
        {
            return true;
        }

        if (authenticationState.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId)
        {
            connections.CloseUser(userId);
        }

        return false;
    }

    internal async Task<bool> MayStayAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        try
        {
            return await commands.AuthorizeAsync(person, Roles.Viewer, cancellationToken) is not null;
        }
        catch (DbException silent)
        {
            // A database in trouble is when the pages are needed most; every command asks again anyway.
            logger.LogWarning(
                silent,
                "The database could not say whether {User} is still signed in",
                person.Identity?.Name
            );
            return true;
        }
    }
}
