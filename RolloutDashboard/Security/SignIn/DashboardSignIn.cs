using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.SignIn;

/// <summary>Sign-in that refuses revoked people.</summary>
public sealed class DashboardSignIn(
    UserManager<DashboardUser> users,
    IHttpContextAccessor contexts,
    IUserClaimsPrincipalFactory<DashboardUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<DashboardUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<DashboardUser> confirmation
) : SignInManager<DashboardUser>(users, contexts, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(DashboardUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !user.IsRevoked && await base.CanSignInAsync(user);
    }
}
