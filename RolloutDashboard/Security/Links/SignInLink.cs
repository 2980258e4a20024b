namespace RolloutDashboard.Security.Links;

/// <summary>A one-time link as it is kept: without its token.</summary>
/// <param name="Purpose">What it lets its visitor do.</param>
/// <param name="UserName">Whose password it sets; null for new administrators.</param>
/// <param name="ExpiresAt">End of its life, UTC.</param>
/// <param name="LocalOnly">Whether it works only on the machine that the dashboard runs on.</param>
public sealed record SignInLink(LinkPurpose Purpose, string? UserName, DateTimeOffset ExpiresAt, bool LocalOnly)
{
    /// <summary>Life of a link that is printed to a console.</summary>
    public static readonly TimeSpan ConsoleLife = TimeSpan.FromMinutes(15);

    /// <summary>Life of a link that an administrator hands to somebody else.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromHours(24);

    /// <summary>The address to visit.</summary>
    /// <param name="server">Address of the dashboard, such as http://localhost:5080.</param>
    /// <param name="token">The token that <see cref="SignInLinkStore"/> gave.</param>
    public Uri At(Uri server, string token) =>
        new(server, $"/account/{(Purpose == LinkPurpose.SetPassword ? "link" : "first")}?token={token}");
}
