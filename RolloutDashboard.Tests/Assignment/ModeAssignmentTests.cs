using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Assignment;

public sealed class ModeAssignmentTests
{
    private static readonly StageConfiguration Hybrid = StageConfiguration.For(Stage.Hybrid);

    [Fact]
    public void Decide_SwitchForbids_IsFullCodeWhateverTheFlagsSay() =>
        Assert.Equal(
            GenerationMode.FullCode,
            Decide(
                Hybrid with
                {
                    JsonModeProbability = 1,
                },
                RequestSource.TemplateLibrary,
                "the marker file is set"
            ).Mode
        );

    [Fact]
    public void Decide_JsonModeEnabledFalse_IsFullCode() =>
        Assert.Equal(GenerationMode.FullCode, Decide(Hybrid with { JsonModeEnabled = false }).Mode);

    [Fact]
    public void Decide_UseJsonModeFalse_IsFullCode() =>
        Assert.Equal(GenerationMode.FullCode, Decide(Hybrid with { UseJsonMode = false }).Mode);

    [Theory]
    [InlineData(RequestSource.TemplateLibrary, GenerationMode.Json)]
    [InlineData(RequestSource.Freeform, GenerationMode.FullCode)]
    public void Decide_TemplateModeWithoutShare_GoesBySource(RequestSource source, GenerationMode expected) =>
        Assert.Equal(expected, Decide(StageConfiguration.For(Stage.TemplateLibraryOnly), source).Mode);

    [Theory]
    [InlineData(true, GenerationMode.Json)]
    [InlineData(false, GenerationMode.FullCode)]
    public void Decide_Share_GoesByTheDraw(bool isJson, GenerationMode expected)
    {
        var assignment = ModeAssignment.Decide(Hybrid, RequestSource.Freeform, null, share =>
            (share == 0.5 && isJson, "drawn")
        );

        Assert.Equal((expected, "drawn"), (assignment.Mode, assignment.Reason));
    }

    [Theory]
    [InlineData(GenerationMode.Json)]
    [InlineData(GenerationMode.FullCode)]
    public void Decide_NeitherSourceNorShare_IsTheDefaultMode(GenerationMode mode) =>
        Assert.Equal(mode, Decide(new StageConfiguration { JsonModeDefault = mode }).Mode);

    [Fact]
    public void NeedsDraw_OnlyWhereTheShareDecides()
    {
        Assert.True(ModeAssignment.NeedsDraw(Hybrid, null));
        Assert.False(ModeAssignment.NeedsDraw(Hybrid, "off"));
        Assert.False(ModeAssignment.NeedsDraw(Hybrid with { JsonModeEnabled = false }, null));
        Assert.False(ModeAssignment.NeedsDraw(StageConfiguration.For(Stage.TemplateLibraryOnly), null));
    }

    private static ModeAssignment Decide(
        StageConfiguration configuration,
        RequestSource source = RequestSource.TemplateLibrary,
        string? whyNot = null
    ) => ModeAssignment.Decide(configuration, source, whyNot, _ => (true, "drawn"));
}
