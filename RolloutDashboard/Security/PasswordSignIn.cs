using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Security;

/// <summary>Sign-in by name and password.</summary>
public static class PasswordSignIn
{
    /// <summary>The user whose name and password these are; null for every other case, which a visitor can't tell apart.</summary>
    public static async Task<DashboardUser?> FindAsync(SignInManager<DashboardUser> signIn, string name, string password)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        ArgumentNullException.ThrowIfNull(password);
        var user = password.Length <= PasswordUnlikeName.MaximumLength && name.Length > 0
            ? await signIn.UserManager.FindByNameAsync(name)
            : null;
        if (user is null)
        {
            // As much work as for a known name, so that the time of the answer names nobody.
            signIn.UserManager.PasswordHasher.HashPassword(new DashboardUser(), name);
            return null;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return result.Succeeded ? user : null;
    }

    /// <summary>Gives the visitor the sign-in cookie.</summary>
    /// <param name="remember">Whether it outlives the browser.</param>
    public static Task EnterAsync(SignInManager<DashboardUser> signIn, DashboardUser user, bool remember)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        return signIn.SignInWithClaimsAsync(
            user, new AuthenticationProperties { IsPersistent = remember }, [SignInSession.New()]);
    }
}
