using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Promotions;

/// <summary>A promotion, or an override, with the evidence as of now; asks again when the evidence changed
/// meanwhile.</summary>
public sealed partial class PromoteDialog
{
    private PromotionPreview? _preview;
    private CommandResult? _result;
    private string? _failure;
    private string _reason = "";
    private string _name = "";
    private int _days = 7;
    private bool _running;

    /// <summary>Whether to promote over a gate that does not pass.</summary>
    [Parameter]
    public bool Override { get; set; }

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IPromotionCommands Commands { get; set; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    private string Title =>
        _result is { Succeeded: true } ? "Promoted"
        : Override ? $"Override gate {_preview?.From.Number()}?"
        : _preview is { To: null } ? "Declare the rollout successful?"
        : _preview is { To: { } next } ? $"Promote to stage {next.Number()}?"
        : "Promote?";

    /// <summary>What an override still lacks, in words beside the button.</summary>
    private string? Missing =>
        !Override || _preview is null || WhyNot(_preview) is not null ? null
        : _reason.Trim().Length < WrittenReason.Least
            ? $"Reason: {_reason.Trim().Length} of {WrittenReason.Least} characters"
        : _name.Trim() != _preview.RolloutName ? "Type the rollout's name"
        : null;

    protected override Task OnInitializedAsync() => LookAsync();

    private static string TargetWords(CriterionResult criterion) =>
        criterion.Target + (StatusPresentation.Proof(criterion) is { } proof ? $", {proof}" : "");

    private static string ChangesTitle(PromotionPreview preview) =>
        preview.To is { } next ? $"What changes with stage {next.Number()}, {next.Title()}" : "What changes";

    private static string ConfirmWords(PromotionPreview preview) =>
        preview.To is { } next ? $"Promote to {next.Number()}" : "Declare successful";

    private string? WhyNot(PromotionPreview preview) =>
        preview.Locked ?? (Override ? preview.NoOverride : PromotionPreconditions.GateWords(preview.Gate));

    private async Task LookAsync()
    {
        _failure = null;
        try
        {
            var state = await Authentication.GetAuthenticationStateAsync();
            _preview = await Commands.PreviewPromotionAsync(state.User, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }
    }

    private async Task ConfirmAsync()
    {
        if (_preview is not { } seen)
        {
            return;
        }

        _running = true;
        _result = Override
            ? await Runner.RunAsync(
                "Override",
                (user, token) =>
                    Commands.OverrideAsync(
                        seen,
                        new GateOverride(_reason, _name, Clock.GetUtcNow() + TimeSpan.FromDays(_days)),
                        user,
                        token
                    ),
                CancellationToken.None
            )
            : await Runner.RunAsync(
                "Promote",
                (user, token) => Commands.PromoteAsync(seen, user, token),
                CancellationToken.None
            );
        if (_result.LookAgain)
        {
            await LookAsync();
        }

        _running = false;
    }
}
