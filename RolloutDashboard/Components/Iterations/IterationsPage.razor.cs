using System.Globalization;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Monitoring.IterationHistory;

namespace RolloutDashboard.Components.Iterations;

public sealed partial class IterationsPage
{
    private IterationFilter _filter = IterationAddress.Parse(null, null, null, null, null, null);

    [Inject]
    public required IIterationQueries Iterations { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    public string? Mode { get; set; }

    [SupplyParameterFromQuery(Name = "level")]
    public string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? StageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "lineage")]
    public string? LineageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    private bool IsFiltered => _filter with { Page = 1 } != IterationAddress.Parse(null, null, null, null, null, null);

    private string EmptyWords =>
        IsFiltered || _filter.Page > 1
            ? "No iteration fits these filters."
            : "No iteration yet. Once the loop runs, each appears here from the moment it is claimed.";

    private long First => ((_filter.Page - 1L) * IterationFilter.PageSize) + 1;

    private long Last => First + (Value?.Rows.Count ?? 0) - 1;

    protected override void OnParametersSet() =>
        _filter = IterationAddress.Parse(EnvironmentWord, Mode, Level, Status, StageNumber, PageNumber, LineageNumber);

    protected override Task<IterationSlice> ReadAsync(CancellationToken cancellationToken) =>
        Iterations.PageAsync(_filter, cancellationToken);

    private string Current(string name) =>
        Convert.ToString(IterationAddress.Query(_filter)[name], CultureInfo.InvariantCulture) ?? "";

    private IterationFilter Changed(
        string? environment = null,
        string? mode = null,
        string? level = null,
        string? status = null,
        string? stage = null,
        string? lineage = null
    ) =>
        IterationAddress.Parse(
            environment ?? Current("environment"),
            mode ?? Current("mode"),
            level ?? Current("level"),
            status ?? Current("status"),
            stage ?? Current("stage"),
            null,
            lineage ?? Current("lineage")
        );

    // Of the lineages that the filter asks for, at most one an arm.
    private IEnumerable<LineagePlace> ShownLineages =>
        _filter.Lineage is null
            ? []
            : Value?.Rows.Select(row => row.Lineage).OfType<LineagePlace>().DistinctBy(place => place.Mode) ?? [];

    private void Clear() => Go(IterationAddress.Parse(null, null, null, null, null, null));

    private void Go(IterationFilter filter) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(IterationAddress.Query(filter)));
}
