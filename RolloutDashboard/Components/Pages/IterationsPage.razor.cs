using System.Globalization;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Pages;

public sealed partial class IterationsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IterationFilter _filter = IterationAddress.Parse(null, null, null, null, null, null);
    private IterationSlice? _slice;
    private string? _failure;

    [Inject]
    public required IIterationQueries Iterations { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

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

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    private bool IsFiltered => _filter with { Page = 1 } != IterationAddress.Parse(null, null, null, null, null, null);

    private long First => ((_filter.Page - 1L) * IterationFilter.PageSize) + 1;

    private long Last => First + (_slice?.Rows.Count ?? 0) - 1;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        _filter = IterationAddress.Parse(EnvironmentWord, Mode, Level, Status, StageNumber, PageNumber);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _slice = await Iterations.PageAsync(_filter, _leaving.Token);
            _failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private string Current(string name) =>
        Convert.ToString(IterationAddress.Query(_filter)[name], CultureInfo.InvariantCulture) ?? "";

    private IterationFilter Changed(string? environment = null, string? mode = null, string? level = null, string? status = null, string? stage = null) =>
        IterationAddress.Parse(environment ?? Current("environment"), mode ?? Current("mode"), level ?? Current("level"), status ?? Current("status"), stage ?? Current("stage"), null);

    private void Clear() => Go(IterationAddress.Parse(null, null, null, null, null, null));

    private void Go(IterationFilter filter) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(IterationAddress.Query(filter)));
}
