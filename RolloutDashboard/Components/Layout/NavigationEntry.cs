using MudBlazor;

namespace RolloutDashboard.Components.Layout;

/// <param name="Key">Letter that opens the page after "g".</param>
public sealed record NavigationEntry(string Href, string Word, string Icon, char Key)
{
    /// <summary>All pages of the navigation, in order; a new page is one line here.</summary>
    public static IReadOnlyList<NavigationEntry> All { get; } =
    [
        new("/", "Live", Icons.Material.Outlined.MonitorHeart, 'l'),
        new("/iterations", "Iterations", Icons.Material.Outlined.FormatListNumbered, 'i'),
        new("/operations", "Operations", Icons.Material.Outlined.SettingsSuggest, 'o'),
        new("/configuration", "Configuration", Icons.Material.Outlined.Tune, 'c'),
        new("/evidence", "Evidence", Icons.Material.Outlined.FactCheck, 'e'),
        new("/alerts", "Alerts", Icons.Material.Outlined.Notifications, 'a'),
        new("/feedback", "Feedback", Icons.Material.Outlined.RateReview, 'f'),
    ];
}
