using System.Net;

namespace RolloutDashboard.Security;

/// <summary>Whether a request was made on this very machine.</summary>
public static class LocalRequest
{
    // A proxy on this machine makes every visitor look local; these headers give it away.
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Original-For",
        "X-Original-Host",
        "X-Real-IP",
        "Via",
    ];

    /// <summary>True only for a direct connection from this machine that was addressed to this machine by
    /// name.</summary>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (remote, local) = (context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress);
        return remote is not null
            && (IPAddress.IsLoopback(remote) || remote.Equals(local))
            && NamesThisMachine(context.Request.Host.Host, local)
            && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);
    }

    // A foreign name that was made to resolve to this machine is not enough.
    private static bool NamesThisMachine(string host, IPAddress? local) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (
            IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (IPAddress.IsLoopback(address) || address.Equals(local))
        );
}
