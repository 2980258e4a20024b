using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;

namespace RolloutDashboard.Components.Audit;

public sealed partial class AuditPage
{
    /// <summary>Preset of an address without a period.</summary>
    public const string Standard = "all";

    private PeriodChoice _period = PeriodChoice.Parse(null, null, null, Standard);
    private DecisionFilter _filter = new(null, null, Period.Everything, 1);
    private ChainCheck? _check;
    private string? _checkFailure;
    private bool _checking;

    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeCode { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "decision")]
    public string? Sequence { get; set; }

    private bool IsFiltered =>
        _filter.Kind is not null
        || _filter.Actor is not null
        || _filter.Period != Period.Everything
        || _filter.Page > 1
        || _filter.Sequence is not null;

    private string EmptyWords =>
        IsFiltered
            ? "No decision fits these filters."
            : "No decision recorded yet: promotions, rollbacks, overrides and edits appear here.";

    private long First => ((_filter.Page - 1L) * DecisionFilter.PageSize) + 1;

    private long Last => First + (Value?.Rows.Count ?? 0) - 1;

    protected override Task OnParametersSetAsync()
    {
        _period = PeriodChoice.Parse(RangeCode, From, To, Standard);
        _filter = AnalystAddress.Decisions(Kind, Actor, _period, PageNumber, Sequence, Clock.GetUtcNow());
        return LoadAsync();
    }

    protected override Task<DecisionSlice> ReadAsync(CancellationToken cancellationToken) =>
        Analyst.DecisionsAsync(_filter, cancellationToken);

    private async Task CheckAsync()
    {
        _checking = true;
        try
        {
            (_check, _checkFailure) = (await Analyst.VerifyDecisionsAsync(Leaving), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _checkFailure = exception.Message;
        }
        finally
        {
            _checking = false;
        }
    }

    // A word from an old link stays selectable, so that the filter shows what it does.
    private static IEnumerable<string> Offered(IReadOnlyList<string>? known, string? current) =>
        (known ?? []).Concat(string.IsNullOrEmpty(current) || known?.Contains(current) == true ? [] : [current]);

    private void Clear() => Navigation.NavigateTo("/audit");

    private void ChangePeriod(PeriodChoice period) =>
        Go(new Dictionary<string, object?>(period.Query(Standard)) { ["page"] = null });

    private void GoToPage(int page) => Go(new Dictionary<string, object?> { ["page"] = page > 1 ? page : null });
}
