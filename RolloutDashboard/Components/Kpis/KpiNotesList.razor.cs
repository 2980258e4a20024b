using Microsoft.AspNetCore.Components;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Monitoring.Kpis;

namespace RolloutDashboard.Components.Kpis;

public sealed partial class KpiNotesList
{
    private string _kpi = "";
    private string _period = "";
    private string _text = "";
    private bool _running;
    private CommandResult? _result;

    [Parameter, EditorRequired]
    public required KpiReport Report { get; set; }

    /// <summary>After a note was kept, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required IKpiCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    private bool IsTooShort => _text.Trim().Length < ReviewKpi.Least;

    private string KeepTitle => IsTooShort ? $"{_text.Trim().Length} of {ReviewKpi.Least} characters" : "Keep the note";

    protected override void OnParametersSet()
    {
        _kpi = Report.Kpis.Any(kpi => kpi.Key == _kpi) ? _kpi : Report.Kpis[0].Key;
        _period = Report.Columns.Any(column => column.Name == _period) ? _period : Report.Columns[0].Name;
    }

    private string NameOf(string key) => Report.Kpis.FirstOrDefault(kpi => kpi.Key == key)?.Name ?? key;

    private string ValueOf(KpiNote note) =>
        note.Value is { } value && Report.Kpis.FirstOrDefault(kpi => kpi.Key == note.Kpi) is { } kpi
            ? KpiFormatter.Value(kpi.Unit, value)
            : "not measured";

    private async Task WriteAsync()
    {
        _running = true;
        _result = await Runner.RunAsync(
            "Keep the note",
            (user, token) => Commands.ReviewAsync(Report.Step, _kpi, _period, _text, user, token),
            CancellationToken.None
        );
        _running = false;
        if (_result.Succeeded)
        {
            _text = "";
            await OnChanged.InvokeAsync();
        }
    }
}
