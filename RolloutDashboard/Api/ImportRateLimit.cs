using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using RolloutDashboard.Security.SignIn;

namespace RolloutDashboard.Api;

/// <summary>Limits files sent by one person: thirty a minute.</summary>
public static class ImportRateLimit
{
    /// <summary>Name of the policy for endpoints.</summary>
    public const string Policy = "imports";

    /// <summary>Files that one person may send in a minute.</summary>
    public const int FilesPerMinute = 30;

    internal static void Configure(RateLimiterOptions options) =>
        options.AddPolicy(Policy, context =>
            RateLimitPartition.GetFixedWindowLimiter(
                context.User.Identity?.Name ?? SignInRateLimit.Network(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = FilesPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
            )
        );
}
