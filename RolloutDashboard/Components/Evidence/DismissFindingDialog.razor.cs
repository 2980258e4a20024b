using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Evidence;

public sealed partial class DismissFindingDialog
{
    private string _reason = "";
    private bool _running;
    private CommandResult? _result;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required FindingView Finding { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IEvidenceCommands Commands { get; set; }

    private int Missing => Math.Max(0, DismissFinding.ShortestReason - _reason.Trim().Length);

    private string MissingWords => Missing == 0 ? "" : $"{FigureFormatter.Count(Missing, "character")} to go.";

    private string GateWords =>
        Finding.Severity == FindingSeverity.Blocking
            ? "It no longer keeps the gate shut, though what it says stays true."
            : "It is marked as known; it did not keep the gate shut.";

    private string Title =>
        _result switch
        {
            null => "Dismiss this finding?",
            { Succeeded: true } => "Finding dismissed",
            _ => "The finding was not dismissed",
        };

    private async Task DismissAsync()
    {
        _running = true;
        _result = await Runner.RunAsync(
            "Dismiss",
            (user, token) => Commands.DismissAsync(Finding.Id, Finding.Severity, _reason, user, token),
            CancellationToken.None
        );
        _running = false;
    }
}
