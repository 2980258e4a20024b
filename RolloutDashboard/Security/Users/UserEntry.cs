namespace RolloutDashboard.Security.Users;

/// <summary>A user as the settings page lists them.</summary>
/// <param name="Role">Highest role; null without any.</param>
/// <param name="HasPassword">False until the invitation link was used.</param>
public sealed record UserEntry(
    string Name,
    string? Role,
    bool IsRevoked,
    bool HasPassword,
    DateTimeOffset? LockedUntil
);
