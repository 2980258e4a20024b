using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RolloutDashboard.Components.Rollbacks;

public sealed partial class RollbackButton
{
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    [Inject]
    public required IDialogService Dialogs { get; set; }

    private Task OpenAsync() => Dialogs.ShowAsync<RollbackDialog>("Stop JSON mode now?", Options);
}
