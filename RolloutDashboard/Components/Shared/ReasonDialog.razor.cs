using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Decisions;

namespace RolloutDashboard.Components.Shared;

/// <summary>An action that asks for a written reason: says what will happen, takes the words, shows the server's
/// answer.</summary>
public sealed partial class ReasonDialog
{
    private string _reason = "";
    private bool _running;
    private CommandResult? _result;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the action does, a line each.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Effects { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Confirm { get; set; }

    /// <summary>Gets the written reason.</summary>
    [Parameter, EditorRequired]
    public required Func<string, ClaimsPrincipal, CancellationToken, Task<CommandResult>> Command { get; set; }

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    private string? Missing =>
        _reason.Trim().Length < WrittenReason.Least
            ? $"{_reason.Trim().Length} of {WrittenReason.Least} characters"
            : null;

    private async Task ConfirmAsync()
    {
        _running = true;
        _result = await Runner.RunAsync(
            Confirm,
            (user, token) => Command(_reason, user, token),
            CancellationToken.None
        );
        _running = false;
    }
}
