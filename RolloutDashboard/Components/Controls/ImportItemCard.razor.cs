using System.Globalization;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Controls;

public sealed partial class ImportItemCard
{
    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id == "UTC" || id.Contains('/')).Order(StringComparer.Ordinal)];

    private string _arm = "";
    private string _zone = "";
    private string _share = "";
    private string _example = "";
    private IReadOnlyList<string> _errors = [];

    [Parameter, EditorRequired]
    public required ImportItem Item { get; set; }

    /// <summary>Asked with what the person says about the file.</summary>
    [Parameter]
    public EventCallback<ImportOptions> OnCheck { get; set; }

    [Parameter]
    public EventCallback OnCommit { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    protected override void OnInitialized()
    {
        var said = Item.Options;
        _arm = said.Arm switch { GenerationMode.Json => "json", GenerationMode.FullCode => "full-code", _ => "" };
        (_zone, _share, _example) = (said.Zone?.Id ?? "", said.Share?.ToString("R", CultureInfo.InvariantCulture) ?? "", said.PromptExample ?? "");
    }

    private async Task ReadAgainAsync()
    {
        var (options, errors) = new ImportQuery(null, _arm, _zone.Trim(), _share.Trim(), _example.Trim()).Read();
        _errors = [.. errors.SelectMany(one => one.Value)];
        if (options is not null)
        {
            await OnCheck.InvokeAsync(options);
        }
    }
}
