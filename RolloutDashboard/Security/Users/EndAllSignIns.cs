using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Security.Users;

/// <summary>Signs everybody out, on every device; part of each restore, whatever the backup says.</summary>
public sealed class EndAllSignIns(
    IDbContextFactory<RolloutDb> databases,
    OpenConnections connections,
    SignInLinkStore links,
    ILogger<EndAllSignIns> logger
)
{
    /// <summary>Number of users who have to sign in again.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var users = await database.Users.ToListAsync(cancellationToken);
        foreach (var user in users)
        {
            user.SecurityStamp = Guid.NewGuid().ToString("N");
        }

        await database.SaveChangesAsync(cancellationToken);
        connections.CloseAll();
        links.RemoveAll();
        logger.LogInformation("All sign-ins ended: {Count} users", users.Count);
        return users.Count;
    }
}
