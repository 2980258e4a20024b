using Microsoft.AspNetCore.Components;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Comparisons;

public sealed partial class ComparisonsPage
{
    private static readonly string[] Formats = ["html", "md", "csv", "json"];
    private IReadOnlyList<ImportedHistory> _imports = [];
    private IReadOnlyList<SavedComparison>? _reports;
    private bool _keeping;
    private CommandResult? _kept;

    [Inject]
    public required IComparisons Comparisons { get; set; }

    [SupplyParameterFromQuery(Name = "a")]
    public string? FirstText { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    public string? SecondText { get; set; }

    // An address that can't be read leaves the choice at the arms; nothing is compared until it is put right.
    private SetSelection First => Chosen(FirstText, SetSelection.Arms.First);

    private SetSelection Second => Chosen(SecondText, SetSelection.Arms.Second);

    protected override async Task<DeduplicatedJob<ComparisonResult>> WorkAsync(
        JobSubscription waiting,
        CancellationToken cancellationToken
    )
    {
        _imports = await Comparisons.ImportsAsync(cancellationToken);
        _reports = await Comparisons.ListAsync(cancellationToken);
        var (first, second) = (
            SetSelection.Parse(FirstText, SetSelection.Arms.First),
            SetSelection.Parse(SecondText, SetSelection.Arms.Second)
        );
        return await Comparisons.CompareAsync(first, second, waiting, cancellationToken);
    }

    private static SetSelection Chosen(string? text, SetSelection standard)
    {
        try
        {
            return SetSelection.Parse(text, standard);
        }
        catch (SelectionException)
        {
            return standard;
        }
    }

    /// <param name="shown">What stands on the page, however old it is.</param>
    private async Task KeepAsync(ComparisonResult shown)
    {
        _keeping = true;
        var state = Authentication is null ? null : await Authentication;
        var (result, id) = await Comparisons.KeepAsync(
            shown,
            state?.User ?? new System.Security.Claims.ClaimsPrincipal(),
            Leaving
        );
        (_keeping, _kept) = (false, result);
        if (id is { } number)
        {
            Navigation.NavigateTo(System.FormattableString.Invariant($"/comparisons/{number}"));
        }
    }

    // With the hash of what stands on the page, so that the file is of the same.
    private static string Export(string format, ComparisonResult shown) =>
        $"/export/comparison.{format}?a={Uri.EscapeDataString(shown.Inputs.First)}&b={Uri.EscapeDataString(shown.Inputs.Second)}&hash={shown.Hash}";
}
