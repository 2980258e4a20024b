using RolloutDashboard.Components.Imports.Mapping;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Tests.Components.Imports.Mapping;

public sealed class MappingEditsTests
{
    private static readonly FoundField Score = new("scores.s", 12, ["0.1", "0.2"], null);
    private static readonly FoundField Other = new("scores.other", 12, ["1"], null);
    private static readonly FoundField Group = new("team", 12, ["A", "B"], null);
    private static readonly FoundField Known = new("sharpe_ratio", 12, ["0.5"], HistoryFields.SharpeRatio);

    [Fact]
    public void Choose_FieldWithAnotherName_IsMapped()
    {
        var mapping = MappingEdits.Choose(HistoryMapping.None, Score, HistoryFields.SharpeRatio);

        Assert.Equal(["metrics.sharpe_ratio=scores.s"], mapping.ToTexts());
        Assert.Equal(HistoryFields.SharpeRatio, MappingEdits.Meaning(mapping, Score));
    }

    [Fact]
    public void Choose_MeaningThatAnotherFieldHas_MovesIt()
    {
        var mapping = MappingEdits.Choose(
            MappingEdits.Choose(HistoryMapping.None, Score, HistoryFields.SharpeRatio),
            Other,
            HistoryFields.SharpeRatio
        );

        Assert.Equal(["metrics.sharpe_ratio=scores.other"], mapping.ToTexts());
        Assert.Equal("", MappingEdits.Meaning(mapping, Score));
    }

    [Fact]
    public void Choose_AnotherMeaning_ReplacesTheFirst()
    {
        var mapping = MappingEdits.Choose(
            MappingEdits.Choose(HistoryMapping.None, Score, HistoryFields.SharpeRatio),
            Score,
            "metrics.calmar_ratio"
        );

        Assert.Equal(["metrics.calmar_ratio=scores.s"], mapping.ToTexts());
    }

    [Fact]
    public void Choose_Nothing_TakesTheMappingAway()
    {
        var mapping = MappingEdits.Choose(
            MappingEdits.Choose(HistoryMapping.None, Score, HistoryFields.SharpeRatio),
            Score,
            ""
        );

        Assert.True(mapping.IsEmpty);
    }

    [Fact]
    public void Choose_NothingForWhatIsFoundByItsUsualName_LeavesItOut()
    {
        var mapping = MappingEdits.Choose(HistoryMapping.None, Known, "");

        Assert.Equal(["metrics.sharpe_ratio=none"], mapping.ToTexts());
        Assert.Equal("", MappingEdits.Meaning(mapping, Known));
        Assert.Equal(
            ["metrics.sharpe_ratio=sharpe_ratio"],
            MappingEdits.Choose(mapping, Known, HistoryFields.SharpeRatio).ToTexts()
        );
    }

    [Fact]
    public void Choose_WhatItMeansAlready_ChangesNothing() =>
        Assert.Same(HistoryMapping.None, MappingEdits.Choose(HistoryMapping.None, Known, HistoryFields.SharpeRatio));

    [Fact]
    public void SetUnitAndSign_OfAFieldFoundByItsUsualName_NamesIt()
    {
        var drawdown = new FoundField("max_drawdown", 12, ["12.5"], "metrics.max_drawdown");

        var mapping = MappingEdits.SetNegated(
            MappingEdits.SetUnit(HistoryMapping.None, drawdown, MappedUnit.Percent),
            drawdown,
            negated: true
        );

        Assert.Equal(["metrics.max_drawdown=max_drawdown:percent,negated"], mapping.ToTexts());
    }

    [Fact]
    public void SetWord_EachGroup_SaysWhichArmItIs()
    {
        var mapping = MappingEdits.Choose(HistoryMapping.None, Group, HistoryFields.Arm);

        mapping = MappingEdits.SetWord(mapping, Group, "A", HistoryFields.FullCodeArm);
        mapping = MappingEdits.SetWord(mapping, Group, "B", HistoryFields.JsonArm);

        Assert.Equal(["arm=team:A=full-code,B=json"], mapping.ToTexts());
        Assert.Equal(["arm=team:B=json"], MappingEdits.SetWord(mapping, Group, "A", "").ToTexts());
    }

    [Fact]
    public void SetUnit_OfAFieldThatMeansNothing_ChangesNothing() =>
        Assert.Same(HistoryMapping.None, MappingEdits.SetUnit(HistoryMapping.None, Score, MappedUnit.Percent));

    [Fact]
    public void SetListAndZone_Blank_TakesThemAway()
    {
        var mapping = MappingEdits.SetZone(MappingEdits.SetList(HistoryMapping.None, "run.samples"), " Asia/Taipei ");

        Assert.Equal(("run.samples", "Asia/Taipei"), (mapping.List, mapping.Zone));
        Assert.True(MappingEdits.SetZone(MappingEdits.SetList(mapping, ""), null).IsEmpty);
    }
}
