using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using RolloutDashboard.Security.Redaction;

namespace RolloutDashboard.Security.SignIn;

/// <summary>Limits guesses of passwords: ten a minute from one address.</summary>
public static partial class SignInRateLimit
{
    /// <summary>Name of the policy for endpoints.</summary>
    public const string Policy = "sign-in";

    /// <summary>Attempts that one address has in a minute.</summary>
    public const int AttemptsPerMinute = 10;

    internal static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = RefuseAsync;
        options.AddPolicy(Policy, context =>
            RateLimitPartition.GetFixedWindowLimiter(
                Network(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = AttemptsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
            )
        );
    }

    /// <summary>What counts as one visitor: an IPv4 address, or the /64 that an IPv6 user can roam in.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var logger = context
            .HttpContext.RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(SignInRateLimit));
        LogLimited(
            logger,
            context.HttpContext.Request.Method,
            SafeText.ForLog(context.HttpContext.Request.Path),
            context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown"
        );
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                .ToString(CultureInfo.InvariantCulture);
        }

        await context.HttpContext.Response.WriteAsync(
            "Too many attempts. Wait a minute and try again.",
            cancellationToken
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many requests: {Method} {Path} from {Address} is refused.")]
    private static partial void LogLimited(ILogger logger, string method, string path, string address);
}
