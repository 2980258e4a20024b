using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Live;

public sealed partial class LivePage : IDisposable
{
    private IDisposable? _listening;

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required ViewerTimeProvider Clock { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeCode { get; set; }

    private string Title =>
        Session.Snapshot is { Rollout: { } rollout }
            ? $"{OpenAlertsInTitle(rollout)}{rollout.Headline.Word}, stage {rollout.Stage.Number()} – RolloutDashboard"
            : "Live – RolloutDashboard";

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized()
    {
        _listening = Session.Listen(() => InvokeAsync(StateHasChanged));
        Session.Start();
    }

    protected override void OnParametersSet() => Session.Show(TimeRange.Parse(RangeCode));

    private static string OpenAlertsInTitle(RolloutHead rollout) =>
        rollout.Headline.OpenAlerts is > 0 and var open ? $"({FigureFormatter.Count(open)}) " : "";

    private static string GateNote(GateReport gate) =>
        $"definition {gate.DefinitionVersion}, recommendation: {RecommendationWords(gate.Recommendation)}";

    private static string RecommendationWords(Recommendation recommendation) =>
        recommendation == Recommendation.CollectMore ? "collect more" : recommendation.ToString().ToLowerInvariant();

    private static string NoIterationWords(RolloutHead rollout) =>
        rollout.Loop switch
        {
            LoopState.Running => "the first one is on its way.",
            LoopState.Waiting => $"the loop waits: {rollout.LoopReason ?? "no reason given"}.",
            LoopState.Paused => "the loop is paused. An operator can start it.",
            _ => "the loop is stopped. An operator can start it.",
        };

    private static string OpenAlerts(LiveSnapshot snapshot)
    {
        var open = snapshot.Alerts.Count(alert => alert.ResolvedAt is null);
        return open == 0 ? "none open" : $"{FigureFormatter.Count(open)} open";
    }

    private void ChangeRange(TimeRange range) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("range", range.Code), replace: true);

    private Task RefreshAsync() => Session.RefreshAsync(CancellationToken.None);

    private Task TogglePauseAsync() => Session.PauseAsync(!Session.IsPaused);
}
