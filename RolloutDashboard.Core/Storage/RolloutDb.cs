using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace RolloutDashboard.Core.Storage;

/// <summary>A person who may sign in.</summary>
public sealed class DashboardUser : IdentityUser
{
    /// <summary>Revoked people can't sign in and lose their open pages.</summary>
    public bool IsRevoked { get; set; }
}

/// <summary>The database; one context per provider derives from it.</summary>
public abstract class RolloutDb(DbContextOptions options) : IdentityDbContext<DashboardUser>(options);

/// <summary>The SQLite database.</summary>
public sealed class SqliteRolloutDb(DbContextOptions<SqliteRolloutDb> options) : RolloutDb(options);
