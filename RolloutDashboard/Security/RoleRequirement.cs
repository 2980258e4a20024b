using Microsoft.AspNetCore.Authorization;

namespace RolloutDashboard.Security;

/// <summary>Needs a role, or one above it.</summary>
public sealed record RoleRequirement(string Role) : IAuthorizationRequirement;
