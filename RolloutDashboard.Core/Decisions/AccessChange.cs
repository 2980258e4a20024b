using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Decisions;

/// <summary>What somebody may do from a moment on.</summary>
/// <param name="Role">Null where the change left it as it was.</param>
public sealed record AccessChange(
    DateTimeOffset At,
    string UserId,
    string UserName,
    string Actor,
    bool IsRevoked,
    string? Role
)
{
    /// <summary>Tells the password in force from earlier ones; null where the change left it as it was.</summary>
    public string? PasswordMark { get; init; }

    /// <param name="passwordHash">As the database keeps it; null for a user without a password.</param>
    public static string MarkOf(string? passwordHash) =>
        passwordHash is null
            ? "none"
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash)))[..16];
}
