using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.SignIn;

/// <summary>Sign-in by name and password.</summary>
public sealed class PasswordSignIn(
    SignInManager<DashboardUser> signIn,
    DecoyPassword decoy,
    AnswerTime answerTime,
    FailedSignIns failed
)
{
    /// <summary>
    /// The user whose name and password these are; null for every other case, which a visitor can't tell apart: neither
    /// by words nor by time, since each does the work of one hash and answers after a whole number of steps.
    /// </summary>
    public async Task<DashboardUser?> FindAsync(
        string name,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        var arrived = answerTime.Now();
        var user = name.Length > 0 ? await signIn.UserManager.FindByNameAsync(name) : null;
        if (await IsRightAsync(user, password))
        {
            return user;
        }

        failed.Note(name, user is not null, address);
        await answerTime.WaitAsync(arrived, cancellationToken);
        return null;
    }

    /// <summary>Gives the visitor the sign-in cookie.</summary>
    /// <param name="remember">Whether it outlives the browser.</param>
    public static Task EnterAsync(SignInManager<DashboardUser> signIn, DashboardUser user, bool remember)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        return signIn.SignInWithClaimsAsync(
            user,
            new AuthenticationProperties { IsPersistent = remember },
            [SignInSession.New()]
        );
    }

    private async Task<bool> IsRightAsync(DashboardUser? user, string password)
    {
        var isTooLong = password.Length > PasswordUnlikeName.MaximumLength;
        if (
            isTooLong
            || user?.PasswordHash is null
            || !await signIn.CanSignInAsync(user)
            || await signIn.UserManager.IsLockedOutAsync(user)
        )
        {
            decoy.Verify(signIn.UserManager.PasswordHasher, isTooLong ? "" : password);
            return false;
        }

        return (await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded;
    }
}
