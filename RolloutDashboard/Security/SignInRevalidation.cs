using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>Asks for every open page, each half minute, whether its person is still signed in; if not, the page loses them and its connection.</summary>
public sealed class SignInRevalidation(
    ILoggerFactory loggers,
    CommandAuthorization commands,
    OpenConnections connections) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(authenticationState);
        var person = authenticationState.User;
        if (await commands.AuthorizeAsync(person, Roles.Viewer, cancellationToken) is not null)
        {
            return true;
        }

        if (person.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId)
        {
            connections.CloseUser(userId);
        }

        return false;
    }
}
