using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Pages;

public sealed partial class ComparisonsPage
{
    private static readonly string[] Formats = ["html", "md", "csv", "json"];
    private IReadOnlyList<ImportedHistory> _imports = [];
    private IReadOnlyList<KeptComparison>? _reports;
    private bool _keeping;
    private CommandResult? _kept;

    [Inject]
    public required IComparisons Comparisons { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [SupplyParameterFromQuery(Name = "a")]
    public string? FirstText { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    public string? SecondText { get; set; }

    private SetSelection First => SetSelection.Parse(FirstText) ?? SetSelection.Arms.First;

    private SetSelection Second => SetSelection.Parse(SecondText) ?? SetSelection.Arms.Second;

    protected override async Task<SharedResult<MadeComparison>> WorkAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var (first, second) = (First, Second);
        _imports = await Comparisons.ImportsAsync(cancellationToken);
        _reports = await Comparisons.ListAsync(cancellationToken);
        return await Comparisons.CompareAsync(first, second, waiting, cancellationToken);
    }

    private async Task KeepAsync()
    {
        _keeping = true;
        var state = Authentication is null ? null : await Authentication;
        var (result, id) = await Comparisons.KeepAsync(First, Second, state?.User ?? new System.Security.Claims.ClaimsPrincipal(), Leaving);
        (_keeping, _kept) = (false, result);
        if (id is { } number)
        {
            Navigation.NavigateTo(System.FormattableString.Invariant($"/comparisons/{number}"));
        }
    }

    private string Export(string format) => $"/export/comparison.{format}?a={Uri.EscapeDataString(First.ToString())}&b={Uri.EscapeDataString(Second.ToString())}";
}
