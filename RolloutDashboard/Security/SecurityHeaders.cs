namespace RolloutDashboard.Security;

/// <summary>Headers that tell a browser to run our own script files only, and to show us in nobody's frame.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // At the start of the answer, so that error pages carry them too and nothing that ran later replaced them.
        context.Response.OnStarting(() =>
        {
            Write(context.Request, context.Response.Headers);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>The policy for pages reached by <paramref name="request"/>.</summary>
    public static string ContentSecurityPolicy(HttpRequest request) =>
        string.Join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            // Charts and components place things by style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            $"connect-src 'self'{SocketSources(request.Host.Value)}",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'"
        );

    // Some browsers do not count a WebSocket to the same host as 'self'.
    private static string SocketSources(string? host) =>
        host is { Length: > 0 and < 256 }
        && host.All(letter => char.IsAsciiLetterOrDigit(letter) || "-.:[]".Contains(letter))
            ? $" ws://{host} wss://{host}"
            : "";

    private static void Write(HttpRequest request, IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy(request);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
    }
}
