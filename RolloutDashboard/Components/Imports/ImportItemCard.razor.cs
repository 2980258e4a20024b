using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Imports;

namespace RolloutDashboard.Components.Imports;

/// <summary>One file on its way: what was understood, what it leaves open, and what a person says about it.</summary>
public sealed partial class ImportItemCard
{
    // Larger files take long to read, so they are read again when a person asks for it.
    private const long QuickBytes = 16 * 1024 * 1024;
    private const InputMode DecimalInput = InputMode.@decimal;

    private HistoryMapping _mapping = HistoryMapping.None;
    private string _arm = "";
    private string _share = "";
    private string _example = "";
    private IReadOnlyList<string> _errors = [];
    private ImportReport? _lastReport;
    private bool _isChanged;
    private bool _open;

    [Parameter, EditorRequired]
    public required ImportItem Item { get; set; }

    /// <summary>Mappings that were saved with a name.</summary>
    [Parameter]
    public IReadOnlyList<HistoryMapping> Saved { get; set; } = [];

    /// <summary>Asked with what the person says about the file.</summary>
    [Parameter]
    public EventCallback<ImportOptions> OnCheck { get; set; }

    [Parameter]
    public EventCallback OnCommit { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <summary>Asked with a mapping and its name.</summary>
    [Parameter]
    public EventCallback<HistoryMapping> OnSave { get; set; }

    /// <summary>Asked with the name of a saved mapping.</summary>
    [Parameter]
    public EventCallback<string> OnForget { get; set; }

    private bool IsQuick => Item.Arrived <= QuickBytes;

    // While it is read again, the last preview stays, so that nobody loses the place.
    private ImportReport? Shown =>
        Item.Phase switch
        {
            ImportPhase.Ready => Item.Report,
            ImportPhase.Checking => _lastReport,
            _ => null,
        };

    private string ProgressWords =>
        ImportFormatter.Progress(Item)
        + (ImportFormatter.Share(Item) is { } share ? $", {FigureFormatter.Percent(share)}" : "");

    private string MappedWords =>
        _mapping.Fields.Count > 0 ? $": {FigureFormatter.Count(_mapping.Fields.Count, "field")} mapped" : "";

    private bool IsStale => _isChanged || Item.Phase == ImportPhase.Checking;

    protected override void OnInitialized()
    {
        var said = Item.Options;
        _arm = said.Arm switch
        {
            GenerationMode.Json => HistoryFields.JsonArm,
            GenerationMode.FullCode => HistoryFields.FullCodeArm,
            _ => "",
        };
        (_share, _example) = (said.Share?.ToString("R", CultureInfo.InvariantCulture) ?? "", said.PromptExample ?? "");
        _mapping = said.Mapping with { Zone = said.Mapping.Zone ?? said.Zone?.Id };
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Item is not { Phase: ImportPhase.Ready, Report: { } report })
        {
            return;
        }

        _open |= _lastReport is null && (!_mapping.IsEmpty || report.Questions.Any(question => question.Blocks));
        _lastReport = report;

        // What was said while it was being read has not been read yet.
        if (_isChanged && IsQuick)
        {
            await ReadAgainAsync();
        }
    }

    private Task ChangeAsync(HistoryMapping mapping) => SayAsync(() => (_mapping, _open) = (mapping, true));

    private async Task SayAsync(Action say)
    {
        say();
        _isChanged = true;
        if (IsQuick && Item.Phase == ImportPhase.Ready)
        {
            await ReadAgainAsync();
        }
    }

    private async Task ReadAgainAsync()
    {
        var (options, errors) = new ImportQuery(null, _arm, _mapping.Zone, _share.Trim(), _example.Trim()).Read();
        _errors = [.. errors.SelectMany(one => one.Value)];
        _isChanged = false;
        if (options is not null)
        {
            await OnCheck.InvokeAsync(options with { Mapping = _mapping });
        }
    }

    private string? WhyNot(ImportReport report) =>
        _errors.Count > 0 ? "Correct first what is said about it."
        : IsStale ? "It is read again first."
        : ImportFormatter.WhyNot(report);

    private static string Arm(string? arm) =>
        arm switch
        {
            HistoryFields.JsonArm => "all JSON",
            HistoryFields.FullCodeArm => "all full code",
            _ => "as each record says",
        };
}
