using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Studies;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Components.Comparisons;

public sealed partial class ComparisonPage
{
    private bool _making;
    private Recomputed? _again;

    [Inject]
    public required IComparisons Comparisons { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Parameter]
    public long Id { get; set; }

    protected override async Task<FoundReport> ReadAsync(CancellationToken cancellationToken)
    {
        _again = null;
        return new FoundReport(await Comparisons.FindAsync(Id, cancellationToken));
    }

    private static string SidesAddress(ComparedInputs inputs) =>
        $"/comparisons?a={Uri.EscapeDataString(inputs.First)}&b={Uri.EscapeDataString(inputs.Second)}";

    private async Task AgainAsync()
    {
        _making = true;
        try
        {
            _again = await Comparisons.AgainAsync(Id, await VisitorName.OfAsync(Authentication), Leaving);
        }
        catch (Exception exception) when (exception is SelectionException or TurnsBusyException)
        {
            _again = new Recomputed(false, "", exception.Message);
        }
        finally
        {
            _making = false;
        }
    }

    /// <summary>A report, or that there is none.</summary>
    public sealed record FoundReport(SavedReport? Report);
}
