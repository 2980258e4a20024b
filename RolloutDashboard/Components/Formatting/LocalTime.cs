using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace RolloutDashboard.Components.Formatting;

/// <summary>A time in the viewer's zone. Built by hand: a line break behind the element would stand as a space before a
/// comma.</summary>
public sealed class LocalTime : ComponentBase
{
    [Inject]
    public required ViewerTimeProvider Clock { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "time");
        builder.AddAttribute(
            1,
            "datetime",
            At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)
        );
        builder.AddAttribute(2, "title", Clock.ShowFully(At));
        builder.AddContent(3, Clock.Show(At));
        builder.CloseElement();
    }
}
