using Microsoft.AspNetCore.Components.Authorization;

namespace RolloutDashboard.Studies;

/// <summary>Who asks in this scope: the person of a request, or of a live page. Registered as scoped.</summary>
public sealed class CurrentVisitor(IHttpContextAccessor requests, AuthenticationStateProvider pages)
{
    /// <summary>Empty where nobody is signed in.</summary>
    public async Task<string> NameAsync() =>
        requests.HttpContext is { WebSockets.IsWebSocketRequest: false } request
            ? request.User.Identity?.Name ?? ""
            : (await pages.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
}
