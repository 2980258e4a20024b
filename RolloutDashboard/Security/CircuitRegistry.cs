using System.Security.Claims;

namespace RolloutDashboard.Security;

/// <summary>
/// Stands before the live connections of pages: refuses those that another site's page opens with a visitor's cookie
/// (a browser applies no same-origin rule to WebSockets), and keeps the others within reach of a revocation.
/// </summary>
public sealed class CircuitRegistry(RequestDelegate next, OpenConnections connections)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.Path.StartsWithSegments("/_blazor"))
        {
            await next(context);
            return;
        }

        if (!IsOwnOrigin(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var userId = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
        using (userId is null ? null : connections.Add(userId, SignInSession.Of(context.User), context.Abort))
        {
            await next(context);
        }
    }

    /// <summary>Requests without an Origin don't come from another site's page: browsers always name it here.</summary>
    internal static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
