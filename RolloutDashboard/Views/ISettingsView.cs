using System.Security.Claims;

namespace RolloutDashboard.Views;

/// <summary>Reads what the settings page shows to that person.</summary>
public interface ISettingsView
{
    /// <exception cref="UnauthorizedAccessException">The person is not signed in any more.</exception>
    Task<SettingsView> ReadAsync(ClaimsPrincipal user, CancellationToken cancellationToken);
}
