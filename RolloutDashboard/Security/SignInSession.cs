using System.Security.Claims;
using System.Security.Cryptography;

namespace RolloutDashboard.Security;

/// <summary>Marks one sign-in, so that signing out closes its pages and leaves the same person's other devices
/// alone.</summary>
public static class SignInSession
{
    private const string ClaimType = "rollout-dashboard:session";

    /// <summary>A new mark.</summary>
    public static Claim New() => new(ClaimType, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The mark of a sign-in; null when it has none.</summary>
    public static string? Of(ClaimsPrincipal person) => person.FindFirstValue(ClaimType);

    /// <summary>Carries the mark over when the sign-in's claims are read anew.</summary>
    public static void Keep(ClaimsPrincipal? from, ClaimsPrincipal? to)
    {
        if (
            from?.FindFirst(ClaimType) is { } mark
            && to?.Identity is ClaimsIdentity identity
            && to.FindFirst(ClaimType) is null
        )
        {
            identity.AddClaim(mark.Clone());
        }
    }
}
