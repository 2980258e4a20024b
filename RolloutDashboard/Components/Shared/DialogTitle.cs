using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RolloutDashboard.Components.Shared;

/// <summary>
/// Stands in the content of a dialog whose title changes: the title is drawn by the frame around the dialog, which does
/// not learn by itself that the dialog has another one.
/// </summary>
public sealed class DialogTitle : ComponentBase
{
    private string? _drawn;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>The title as it should read now.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        if (_drawn != Text)
        {
            _drawn = Text;
            Dialog.StateHasChanged();
        }
    }
}
