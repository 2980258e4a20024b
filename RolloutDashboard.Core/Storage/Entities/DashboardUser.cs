using Microsoft.AspNetCore.Identity;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A person who may sign in.</summary>
public sealed class DashboardUser : IdentityUser
{
    /// <summary>Revoked people can't sign in and lose their open pages.</summary>
    public bool IsRevoked { get; set; }
}
