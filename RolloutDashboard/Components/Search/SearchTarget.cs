using MudBlazor;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Core.Monitoring.Search;

namespace RolloutDashboard.Components.Search;

/// <summary>Where a search result leads.</summary>
public static class SearchTarget
{
    public static string Of(SearchHit hit) =>
        hit.Kind switch
        {
            SearchKind.Decision => FormattableString.Invariant($"/audit?decision={hit.Number}"),
            _ => IterationAddress.Of(hit.Environment, hit.Number),
        };

    public static string Icon(SearchKind kind) =>
        kind switch
        {
            SearchKind.Champion => Icons.Material.Outlined.EmojiEvents,
            SearchKind.Decision => Icons.Material.Outlined.Gavel,
            _ => Icons.Material.Outlined.FormatListNumbered,
        };
}
