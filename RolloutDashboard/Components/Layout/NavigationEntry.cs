using MudBlazor;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Layout;

/// <param name="Key">Letter that opens the page after "g".</param>
/// <param name="Role">Role that the page needs; others are not shown it.</param>
public sealed record NavigationEntry(string Href, string Word, string Icon, char Key, string Role = Roles.Viewer)
{
    /// <summary>How many of the first pages stand in the bottom bar of a narrow screen; the others are behind
    /// "More".</summary>
    public const int InBar = 4;

    /// <summary>All pages of the navigation, in order; a new page is one line here.</summary>
    public static IReadOnlyList<NavigationEntry> All { get; } =
    [
        new("/", "Live", Icons.Material.Outlined.MonitorHeart, 'l'),
        new("/operations", "Operations", Icons.Material.Outlined.SettingsSuggest, 'o'),
        new("/alerts", "Alerts", Icons.Material.Outlined.Notifications, 'a'),
        new("/evidence", "Evidence", Icons.Material.Outlined.FactCheck, 'e'),
        new("/import", "Import", Icons.Material.Outlined.UploadFile, 'm', Roles.Analyst),
        new("/comparisons", "Comparisons", Icons.Material.Outlined.CompareArrows, 'v'),
        new("/plan", "Plan check", Icons.Material.Outlined.Checklist, 'p'),
        new("/replay", "Replay", Icons.Material.Outlined.Replay, 'r'),
        new("/aa", "A/A check", Icons.Material.Outlined.Balance, 'b'),
        new("/iterations", "Iterations", Icons.Material.Outlined.FormatListNumbered, 'i'),
        new("/champions", "Champions", Icons.Material.Outlined.EmojiEvents, 'h'),
        new("/analytics", "Analytics", Icons.Material.Outlined.QueryStats, 'n'),
        new("/kpis", "KPIs", Icons.Material.Outlined.Speed, 'k'),
        new("/configuration", "Configuration", Icons.Material.Outlined.Tune, 'c'),
        new("/gates", "Gates", Icons.Material.Outlined.Rule, 't'),
        new("/feedback", "Feedback", Icons.Material.Outlined.RateReview, 'f'),
        new("/audit", "Audit", Icons.Material.Outlined.History, 'u'),
        new("/settings", "Settings", Icons.Material.Outlined.Settings, 's'),
    ];
}
