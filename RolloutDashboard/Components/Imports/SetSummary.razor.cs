using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Imports;

/// <summary>What a lead asks first of a data set: its rates, and what each gate would say of it.</summary>
public sealed partial class SetSummary : IDisposable
{
    private readonly LatestRequest _reading = new();
    private HistorySummary? _summary;
    private string? _failure;
    private int? _read;

    [Parameter, EditorRequired]
    public required int SetId { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required ISetSummaries Summaries { get; set; }

    public void Dispose() => _reading.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_read != SetId)
        {
            (_read, _summary) = (SetId, null);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var latest = await _reading.BeginAsync();
        _failure = null;
        try
        {
            var summary = await Summaries.FindAsync(
                SetId,
                new JobSubscription(progress: null) { Person = await VisitorName.OfAsync(Authentication) },
                latest
            );
            if (!latest.IsCancellationRequested)
            {
                _summary = summary;
                _failure = summary is null ? "the data set is not there any more." : null;
            }
        }
        catch (OperationCanceledException) when (latest.IsCancellationRequested)
        {
            // Left, or another set is asked for.
        }
        catch (Exception exception)
        {
            _failure = latest.IsCancellationRequested ? _failure : exception.Message;
        }
    }

    private static string Said(HistoryGate gate) =>
        gate.NotAnswered.Count == 0
            ? FigureFormatter.Count(gate.Answered.Count, "criterion answered", "criteria answered")
            : $"{FigureFormatter.Count(gate.Answered.Count, "criterion answered", "criteria answered")}, {gate.NotAnswered.Count} not answered";
}
