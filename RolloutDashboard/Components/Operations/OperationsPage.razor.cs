using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Operations;

public sealed partial class OperationsPage : IDisposable
{
    private const string NoRollbackWords =
        "No rollback so far. Roll back, at the top of every page, stops JSON mode before the next iteration; its steps appear here with their times and proof.";

    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private OperationsView? _view;
    private string? _failure;
    private CommandResult? _drill;

    [Inject]
    public required LiveSession Session { get; set; }

    [Inject]
    public required IOperationsView Operations { get; set; }

    [Inject]
    public required IRollbackCommands Rollbacks { get; set; }

    [Inject]
    public required IPromotionCommands Promotions { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _listening = Session.Listen(() => InvokeAsync(LoadAsync));
        Session.Start();
        await LoadAsync();
    }

    private static string TitleOf(string name, ProcedureView? procedure) =>
        procedure is null ? name : $"{name}: {StatusPresentation.WordOf(procedure)}";

    private static string RollbackTitle(RollbackView? rollback) =>
        rollback is null ? "Rollback" : $"Rollback procedure: {rollback.State}";

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _view = await Operations.ReadAsync(_leaving.Token);
            _failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }

        StateHasChanged();
    }

    private Task ResumeAsync()
    {
        var seen = _view!;
        return AskAsync(
            $"Resume stage {seen.Stage.Number()}?",
            [
                $"JSON mode goes on again, in attempt {seen.Attempt + 1} of stage {seen.Stage.Number()}; the gate counts from here.",
                "Earlier attempts stay visible and stay in the always-valid sequence.",
                "Alert windows begin anew: none reaches behind the resume.",
            ],
            "What had gone wrong, and what was done about it",
            "Resume now",
            (cause, user, token) => Promotions.ResumeAsync(seen, cause, user, token)
        );
    }

    private Task ResolveHaltAsync()
    {
        var seen = _view!;
        return AskAsync(
            "Resolve the halt?",
            [
                "The lock on promotion is lifted; gate 3.2 still has to pass.",
                "This attempt does not halt a second time.",
                "The alert is resolved and your reason is recorded.",
            ],
            "Why the rollout may go on",
            "Resolve",
            (reason, user, token) => Promotions.ResolveHaltAsync(seen.StateVersion, reason, user, token)
        );
    }

    private Task StartGradualAsync()
    {
        var seen = _view!;
        return AskAsync(
            "Roll back gradually?",
            [
                "The JSON share is lowered to 50 %, later to 20 %; each step is watched for up to 25 minutes.",
                "It ends by itself when at least 75 % of 20 or more JSON iterations succeed; the lowered share then stays.",
                "If JSON does not recover, it goes on to the immediate rollback. Nothing is promoted meanwhile.",
            ],
            "Why the share is lowered",
            "Begin",
            (reason, user, token) => Rollbacks.StartGradualAsync(seen.StateVersion, reason, user, token)
        );
    }

    private Task EndGradualAsync()
    {
        var seen = _view!;
        return AskAsync(
            "End the gradual rollback?",
            [
                "The JSON share stays as it is now; an administrator can raise it under Configuration.",
                "It does not go on to the immediate rollback.",
            ],
            "Why it may end",
            "End it",
            (reason, user, token) => Rollbacks.EndGradualAsync(seen.StateVersion, reason, user, token)
        );
    }

    private async Task StartDrillAsync()
    {
        _drill = await Runner.RunAsync("Drill", Rollbacks.StartDrillAsync, CancellationToken.None);
        await LoadAsync();
    }

    private async Task AskAsync(
        string title,
        IReadOnlyList<string> effects,
        string label,
        string confirm,
        Func<string, ClaimsPrincipal, CancellationToken, Task<CommandResult>> command
    )
    {
        var dialog = await Dialogs.ShowAsync<ReasonDialog>(
            title,
            new DialogParameters<ReasonDialog>
            {
                { one => one.Title, title },
                { one => one.Effects, effects },
                { one => one.Label, label },
                { one => one.Confirm, confirm },
                { one => one.Command, command },
            },
            Options
        );
        await dialog.Result;
        await LoadAsync();
    }
}
