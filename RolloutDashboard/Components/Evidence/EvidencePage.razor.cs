using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Evidence;

public sealed partial class EvidencePage : IDisposable
{
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private EvidenceView? _view;
    private string? _failure;
    private bool _comparing;
    private CommandResult? _compared;

    [Inject]
    public required IEvidenceQueries Evidence { get; set; }

    [Inject]
    public required IEvidenceCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _listening = Session.Listen(() => InvokeAsync(FollowAsync));
        Session.Start();
        return LoadAsync();
    }

    private async Task FollowAsync()
    {
        if (!Session.IsPaused)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _view = await Evidence.ReadAsync(_leaving.Token);
            _failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }
    }

    private async Task CompareAsync()
    {
        _comparing = true;
        _compared = await Runner.RunAsync("Generate a report", Commands.CompareAsync, _leaving.Token);
        _comparing = false;
        await LoadAsync();
    }

    private async Task DismissAsync(FindingView finding)
    {
        var dialog = await Dialogs.ShowAsync<DismissFindingDialog>(
            "Dismiss this finding?",
            new DialogParameters<DismissFindingDialog> { { shown => shown.Finding, finding } },
            Options
        );
        await dialog.Result;
        await LoadAsync();
    }

    private static StatusPresentation RunLook(CheckRunView run) =>
        run switch
        {
            { Fault: not null } => new(Icons.Material.Filled.ReportProblem, "A check failed", "bad"),
            { IsOld: true } => new(Icons.Material.Filled.ReportProblem, "Too old", "bad"),
            _ => new(Icons.Material.Filled.CheckCircle, "Up to date", "good"),
        };

    private static string OpenWords(EvidenceView view)
    {
        var blocking = view.Open.Count(finding => finding.Blocks);
        return (view.Open.Count, blocking) switch
        {
            (0, _) => "none",
            (_, 0) => $"{FigureFormatter.Count(view.Open.Count)}, none of them blocks",
            _ =>
                $"{FigureFormatter.Count(view.Open.Count)}, {FigureFormatter.Count(blocking, "blocks", "block")} promotion",
        };
    }

    private static string CheckWords(EvidenceView view, string check) =>
        view.Open.Any(finding => finding.Code == check) ? "found something"
        : view.Run is null ? "has not run yet"
        : "found nothing";

    private static string EmptyWords(EvidenceView view) =>
        view.Run switch
        {
            null =>
                "The checks have not run yet. They look for the first time a few seconds after the start, and the gate stays shut until they have.",
            { Iterations: 0 } => "There is no iteration in this attempt yet, so there is nothing to doubt.",
            { Iterations: var count } =>
                $"All {view.Checks.Count} checks looked at {FigureFormatter.Count(count, "iteration")} and found nothing to object to.",
        };
}
