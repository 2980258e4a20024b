using RolloutDashboard.Components.Studies;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Components.Studies;

public sealed class ReplayAddressTests
{
    [Fact]
    public void Parse_NothingWritten_IsTheLiveRollout() =>
        Assert.Equal(new ReplayRequest(), ReplayAddress.Parse(null, null, null, null, null));

    [Fact]
    public void Parse_Live_IsTheLiveRollout() =>
        Assert.Equal(new ReplayRequest(GateVersion: 2), ReplayAddress.Parse("live", "", " ", "2", null));

    [Fact]
    public void Parse_ImportWithoutAStage_BeginsInTheFirst() =>
        Assert.Equal(
            new ReplayRequest(3, FirstStage: Stage.TemplateLibraryOnly),
            ReplayAddress.Parse("import:3", null, null, null, null)
        );

    [Fact]
    public void Parse_All_IsAllOfIt() =>
        Assert.Equal(
            new ReplayRequest(3, 2, Stage.Primary, 4, "latest=40"),
            ReplayAddress.Parse("import:3", "2", "3.3", "4", "latest=40")
        );

    [Theory]
    [InlineData("nonsense", null, null, null, "'nonsense' names no history: write live, or import:N")]
    [InlineData("import:", null, null, null, "'import:' names no history")]
    [InlineData("import:-1", null, null, null, "'import:-1' names no history")]
    [InlineData("import:3", "x", null, null, "'run=x' will not do; give a whole number from 1 on.")]
    [InlineData("import:3", null, "9", null, "'stage=9' will not do; give 3.1, 3.2, 3.3 or 3.4.")]
    [InlineData("import:3", null, null, "last", "'gates=last' will not do; give the number of a stored version.")]
    [InlineData(null, "1", null, null, "'run' is known of an imported history only")]
    [InlineData(null, null, "3.2", null, "'stage' is known of an imported history only")]
    public void Parse_WhatMeansNothing_SaysWhereAndWhatMayStandThere(
        string? data,
        string? run,
        string? stage,
        string? gates,
        string words
    )
    {
        var refusal = Assert.Throws<SelectionException>(() => ReplayAddress.Parse(data, run, stage, gates, null));

        Assert.Equal(SelectionFault.Malformed, refusal.Fault);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
