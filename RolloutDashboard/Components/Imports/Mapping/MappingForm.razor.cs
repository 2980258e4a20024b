using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Reports;

namespace RolloutDashboard.Components.Imports.Mapping;

/// <summary>A row for each field of the file, with the values that were seen and what they mean.</summary>
public sealed partial class MappingForm
{
    private const int ShownAtFirst = 24;
    private static readonly string[] Zones =
    [
        .. TimeZoneInfo
            .GetSystemTimeZones()
            .Select(zone => zone.Id)
            .Where(id => id == "UTC" || id.Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private bool _all;
    private string _name = "";
    private string _named = "";

    [Parameter, EditorRequired]
    public required ImportReport Report { get; set; }

    [Parameter, EditorRequired]
    public required HistoryMapping Mapping { get; set; }

    /// <summary>Mappings that were saved with a name.</summary>
    [Parameter]
    public IReadOnlyList<HistoryMapping> Saved { get; set; } = [];

    [Parameter]
    public EventCallback<HistoryMapping> OnChange { get; set; }

    /// <summary>Asked with the mapping under its new name.</summary>
    [Parameter]
    public EventCallback<HistoryMapping> OnSave { get; set; }

    /// <summary>Asked with the name of a saved mapping.</summary>
    [Parameter]
    public EventCallback<string> OnForget { get; set; }

    private IReadOnlyList<FoundField> Rows => _all ? Report.Fields : [.. Report.Fields.Take(ShownAtFirst)];

    private string? ZoneFault =>
        Mapping.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? $"There is no time zone '{MappingFormatter.Short(zone)}'. Give a name such as Asia/Taipei or UTC."
            : null;

    // A saved mapping may name a list that this file does not hold.
    private IEnumerable<string> ChosenLists =>
        Report
            .Lists.Select(list => list.Path)
            .Where(path => path.Length > 0)
            .Append(Mapping.List ?? "")
            .Where(path => path.Length > 0)
            .Distinct(StringComparer.Ordinal);

    // A mapping that was chosen and changed is most often saved again in its place.
    protected override void OnParametersSet()
    {
        if (_named != Mapping.Name)
        {
            (_named, _name) = (Mapping.Name, Mapping.Name);
        }
    }

    private string ListWords(string? path) =>
        string.IsNullOrEmpty(path) ? "found by itself"
        : Report.Lists.FirstOrDefault(list => list.Path == path) is { } list ? MappingFormatter.List(list)
        : Report.Records > 0 ? path
        : $"{path}, not in this file";

    private Task<IEnumerable<string?>> FindZonesAsync(string? text, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<string?>>(
            Zones.Where(zone =>
                string.IsNullOrWhiteSpace(text) || zone.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)
            )
        );

    private Task ChangeAsync(HistoryMapping mapping) => OnChange.InvokeAsync(mapping);

    private Task UseSavedAsync(string? name)
    {
        var chosen = Saved.FirstOrDefault(one => one.Name == name);
        return OnChange.InvokeAsync(chosen ?? HistoryMapping.None);
    }

    private Task SaveAsync() => OnSave.InvokeAsync(Mapping with { Name = _name.Trim() });
}
