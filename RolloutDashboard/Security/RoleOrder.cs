using System.Security.Claims;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>Roles are a ladder: each one may do what the ones before it may.</summary>
public static class RoleOrder
{
    /// <summary>Whether <paramref name="held"/> may do what <paramref name="wanted"/> is needed for; unknown roles may
    /// do nothing.</summary>
    public static bool Includes(string? held, string wanted) =>
        Rank(wanted) is >= 0 and var needed && Rank(held) >= needed;

    /// <summary>The highest of the given roles; null when none of them is known.</summary>
    public static string? Highest(IEnumerable<string> roles) => roles.Where(role => Rank(role) >= 0).MaxBy(Rank);

    /// <summary>The highest role that the sign-in itself claims.</summary>
    public static string? Highest(ClaimsPrincipal person) =>
        Highest(person.FindAll(ClaimTypes.Role).Select(claim => claim.Value));

    private static int Rank(string? role)
    {
        for (var rank = 0; rank < Roles.All.Count; rank++)
        {
            if (string.Equals(Roles.All[rank], role, StringComparison.Ordinal))
            {
                return rank;
            }
        }

        return -1;
    }
}
