using MudBlazor;
using RolloutDashboard.Core.Monitoring.Analyst;

namespace RolloutDashboard.Components.Controls;

/// <summary>Where a search result leads.</summary>
public static class SearchTarget
{
    public static string Of(SearchHit hit) => hit.Kind switch
    {
        SearchKind.Decision => FormattableString.Invariant($"/audit?decision={hit.Number}"),
        _ => IterationAddress.Of(hit.Environment, hit.Number),
    };

    public static string Icon(SearchKind kind) => kind switch
    {
        SearchKind.Champion => Icons.Material.Outlined.EmojiEvents,
        SearchKind.Decision => Icons.Material.Outlined.Gavel,
        _ => Icons.Material.Outlined.FormatListNumbered,
    };
}
