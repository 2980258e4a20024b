using Microsoft.AspNetCore.Components.Authorization;

namespace RolloutDashboard.Components.Shared;

/// <summary>Name of the person who looks at a page.</summary>
internal static class VisitorName
{
    /// <summary>Empty where nobody is signed in.</summary>
    public static async Task<string> OfAsync(Task<AuthenticationState>? authentication) =>
        authentication is null ? "" : (await authentication).User.Identity?.Name ?? "";
}
