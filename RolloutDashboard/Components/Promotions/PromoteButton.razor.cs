using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Components.Promotions;

public sealed partial class PromoteButton
{
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Medium,
        FullWidth = true,
    };

    [Parameter, EditorRequired]
    public RolloutHead? Rollout { get; set; }

    /// <summary>Whether administrators are offered the override too.</summary>
    [Parameter]
    public bool WithOverride { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    private Task OpenAsync(bool isOverride) =>
        Dialogs.ShowAsync<PromoteDialog>(
            "Promote?",
            new DialogParameters<PromoteDialog> { { dialog => dialog.Override, isOverride } },
            Options
        );
}
