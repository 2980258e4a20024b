using Bunit;
using MudBlazor;
using RolloutDashboard.Components.Imports;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Imports;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Imports;

public sealed class ImportItemCardTests : IAsyncDisposable
{
    private readonly PageContext _page = new();
    private readonly List<string> _said = [];

    public ImportItemCardTests() => _page.Render<MudPopoverProvider>();

    private static ImportReport Foreign =>
        ScriptedImports.Report() with
        {
            Records = 0,
            Fields =
            [
                new FoundField("when", 12, ["2025-11-05T08:00:09.4"], null),
                new FoundField("scores.s", 12, ["0.1", "0.2", "0.3"], null),
                new FoundField("team", 12, ["A", "B"], null),
            ],
            Questions = [new ImportQuestion(ImportQuestionKind.MappingNeeded, 12, "", [])],
            Suggested = new HistoryMapping
            {
                Fields =
                [
                    new MappedField(HistoryFields.Timestamp, "when"),
                    new MappedField(HistoryFields.SharpeRatio, "scores.s"),
                ],
            },
        };

    public async ValueTask DisposeAsync() => await _page.DisposeAsync();

    [Fact]
    public async Task Card_OtherNames_ShowsFieldsWithValuesAndAProposalThatOneClickApplies()
    {
        var card = Render(Ready(Foreign));

        Assert.Contains(
            "No record can be read: its fields have other names.",
            card.Find(".import-question").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(["when", "scores.s", "team"], card.FindAll(".mapping-name code").Select(one => one.TextContent));
        Assert.Equal("0.1, 0.2, 0.3", card.FindAll(".mapping-name span")[1].TextContent);
        Assert.Equal(
            ["when is Time", "scores.s is Sharpe ratio"],
            card.FindAll(".import-proposal li").Select(one => one.TextContent)
        );
        Assert.True(card.Find("[data-commit]").HasAttribute("disabled"));
        Assert.Contains("Answer first what is asked above.", card.Markup, StringComparison.Ordinal);

        await card.Find(".use-proposal").ClickAsync(new());

        Assert.Equal(["check --map timestamp=when --map metrics.sharpe_ratio=scores.s"], _said);
    }

    [Fact]
    public async Task Card_MeaningIsChosen_IsReadAgainWithIt()
    {
        var card = Render(Ready(Foreign));

        await Choose(card, "What scores.s means", HistoryFields.SharpeRatio);
        await Choose(card, "What team means", HistoryFields.Arm);

        Assert.Equal("check --map metrics.sharpe_ratio=scores.s --map arm=team", _said[^1]);
    }

    [Fact]
    public async Task Card_ArmByWords_AsksOfEachValueAndUndeclaredStaysPossible()
    {
        var said = new HistoryMapping { Fields = [new MappedField(HistoryFields.Arm, "team")] };
        var card = Render(Ready(Foreign) with { Options = new ImportOptions { Mapping = said } });

        var values = card.FindComponents<MudSelect<string>>()
            .Where(one => one.Instance.Label is "“A” is" or "“B” is")
            .ToArray();
        Assert.Equal(2, values.Length);
        await card.InvokeAsync(() => values[0].Instance.ValueChanged.InvokeAsync(HistoryFields.FullCodeArm));
        await card.InvokeAsync(() => values[1].Instance.ValueChanged.InvokeAsync(HistoryFields.JsonArm));

        Assert.Equal("check --map arm=team:A=full-code,B=json", _said[^1]);
    }

    [Fact]
    public async Task Card_UnitAndSign_ArePartOfTheMapping()
    {
        var report = Foreign with { Fields = [new FoundField("dd", 12, ["12.5"], null)] };
        var card = Render(Ready(report));

        await Choose(card, "What dd means", "metrics.max_drawdown");
        var unit = card.FindComponents<MudSelect<MappedUnit>>().Single();
        await card.InvokeAsync(() => unit.Instance.ValueChanged.InvokeAsync(MappedUnit.Percent));
        var sign = card.FindComponents<MudCheckBox<bool>>().Single();
        await card.InvokeAsync(() => sign.Instance.ValueChanged.InvokeAsync(true));

        Assert.Equal("check --map metrics.max_drawdown=dd:percent,negated", _said[^1]);
    }

    [Fact]
    public async Task Card_TimesWithoutZone_AskForOneAndRefuseAnUnknownOne()
    {
        var report = ScriptedImports.Report() with
        {
            WithoutZone = 9,
            Questions = [new ImportQuestion(ImportQuestionKind.ZoneNeeded, 9, "", [])],
        };
        var card = Render(Ready(report));
        Assert.Contains(
            "9 timestamps name no time zone. Say below which it is. Nothing is imported until then.",
            card.Find(".import-question").TextContent,
            StringComparison.Ordinal
        );
        Assert.True(card.Find("[data-commit]").HasAttribute("disabled"));

        var zone = card.FindComponent<MudAutocomplete<string>>();
        await card.InvokeAsync(() => zone.Instance.ValueChanged.InvokeAsync("Mars/Base"));
        Assert.Contains("no time zone 'Mars/Base'", card.Find(".bad-words").TextContent, StringComparison.Ordinal);
        await card.InvokeAsync(() => zone.Instance.ValueChanged.InvokeAsync("Asia/Taipei"));

        Assert.Equal(["check Asia/Taipei --zone Asia/Taipei"], _said);
        Assert.Empty(card.FindAll(".bad-words"));
    }

    [Fact]
    public async Task Card_BeingReadAgain_KeepsThePreviewAndSaysWhatWasSaidMeanwhile()
    {
        var card = Render(Ready(Foreign));
        await Choose(card, "What scores.s means", HistoryFields.SharpeRatio);

        Show(card, Ready(Foreign) with { Phase = ImportPhase.Checking, Report = null });
        Assert.NotEmpty(card.FindAll(".mapping-fields li"));
        Assert.True(card.Find("[data-commit]").HasAttribute("disabled"));
        await Choose(card, "What when means", HistoryFields.Timestamp);
        Assert.Single(_said);
        Show(card, Ready(Foreign));

        Assert.Equal("check --map metrics.sharpe_ratio=scores.s --map timestamp=when", _said[^1]);
        Assert.Equal(2, _said.Count);
    }

    [Fact]
    public async Task Card_LargeFile_IsReadAgainOnlyWhenAsked()
    {
        var card = Render(Ready(Foreign) with { Arrived = 900L * 1024 * 1024 });

        await Choose(card, "What scores.s means", HistoryFields.SharpeRatio);
        Assert.Empty(_said);
        Assert.True(card.Find("[data-commit]").HasAttribute("disabled"));
        await card.Find("form.import-said").SubmitAsync();

        Assert.Single(_said);
    }

    [Fact]
    public async Task Card_Mapping_IsSavedUnderANameChosenAgainAndForgotten()
    {
        var saved = Foreign.Suggested! with { Name = "our loop" };
        var card = Render(Ready(Foreign), saved);

        var select = card.FindComponents<MudSelect<string>>().Single(one => one.Instance.Label == "Saved mapping");
        await card.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync("our loop"));
        var name = card.FindComponents<MudTextField<string>>()
            .Single(one => one.Instance.Label == "Save this mapping as");
        await card.InvokeAsync(() => name.Instance.ValueChanged.InvokeAsync(" other loop "));
        await card.FindAll("button").Single(one => one.TextContent.Trim() == "Save mapping").ClickAsync(new());
        await card.FindAll("button").Single(one => one.TextContent.Trim() == "Forget “our loop”").ClickAsync(new());

        Assert.Equal(
            ["check --map timestamp=when --map metrics.sharpe_ratio=scores.s", "save other loop", "forget our loop"],
            _said
        );
    }

    [Fact]
    public async Task Card_AllOneArm_IsSaid()
    {
        var card = Render(Ready(ScriptedImports.Report()));
        var arm = card.FindComponents<MudSelect<string>>().Single(one => one.Instance.Label == "Arm of all records");

        await card.InvokeAsync(() => arm.Instance.ValueChanged.InvokeAsync(HistoryFields.JsonArm));

        Assert.Equal(["check Json"], _said);
    }

    private static ImportItem Ready(ImportReport report) => ScriptedImports.Item(ImportPhase.Ready, report);

    private IRenderedComponent<ImportItemCard> Render(ImportItem item, params HistoryMapping[] saved) =>
        _page.Render<ImportItemCard>(p =>
            p.Add(c => c.Item, item)
                .Add(c => c.Saved, saved)
                .Add(c => c.OnCheck, options => _said.Add(Words(options)))
                .Add(c => c.OnSave, mapping => _said.Add($"save {mapping.Name}"))
                .Add(c => c.OnForget, name => _said.Add($"forget {name}"))
        );

    private static void Show(IRenderedComponent<ImportItemCard> card, ImportItem item) =>
        card.Render(p => p.Add(c => c.Item, item));

    private static Task Choose(IRenderedComponent<ImportItemCard> card, string label, string key) =>
        card.InvokeAsync(() =>
            card.FindComponents<MudSelect<string>>()
                .Single(one => one.Instance.UserAttributes.GetValueOrDefault("aria-label") as string == label)
                .Instance.ValueChanged.InvokeAsync(key)
        );

    private static string Words(ImportOptions options) =>
        string.Join(
            ' ',
            new[]
            {
                "check",
                options.Arm is { } arm ? $"{arm}" : "",
                options.Zone?.Id ?? "",
                options.Mapping.ToCommandLine(),
            }.Where(word => word.Length > 0)
        );
}
