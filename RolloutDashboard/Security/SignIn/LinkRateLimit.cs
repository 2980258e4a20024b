using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace RolloutDashboard.Security.SignIn;

/// <summary>
/// Limits the opening and using of one-time links: sixty requests a minute from one address. A token is 256 random
/// bits, so the limit guards the server's time and not the token; a team that is invited behind one address stays well
/// below it.
/// </summary>
public static class LinkRateLimit
{
    /// <summary>Name of the policy for endpoints.</summary>
    public const string Policy = "links";

    /// <summary>Requests that one address has in a minute.</summary>
    public const int RequestsPerMinute = 60;

    internal static void Configure(RateLimiterOptions options) =>
        options.AddPolicy(Policy, context =>
            RateLimitPartition.GetFixedWindowLimiter(
                SignInRateLimit.Network(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = RequestsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
            )
        );
}
