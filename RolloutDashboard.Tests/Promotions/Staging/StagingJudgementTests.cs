using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Promotions.Staging;

public sealed class StagingJudgementTests
{
    private static readonly StageConfiguration Hybrid = StageConfiguration.For(Stage.Hybrid);

    [Fact]
    public void Of_AllWell_Passes() => Assert.True(StagingJudgement.Of(Hybrid, Rows(10, 10), 20).Passed);

    [Fact]
    public void Of_OneMissing_SaysHowManyEnded() => Refused(Rows(10, 9), "only 19 of 20");

    [Fact]
    public void Of_OneLost_NamesIt() =>
        Refused(
            With(Rows(10, 10), 4, row => row with { Status = IterationStatus.Lost, Level = null }),
            "iteration 5 was lost"
        );

    [Fact]
    public void Of_OneJsonErrorInTen_Passes() =>
        Assert.True(
            StagingJudgement
                .Of(Hybrid, With(Rows(10, 10), 0, row => row with { Level = SuccessLevel.Failed }), 20)
                .Passed
        );

    [Fact]
    public void Of_TwoJsonErrorsInTen_Fails() =>
        Refused(
            With(With(Rows(10, 10), 0, row => row with { Level = SuccessLevel.Failed }), 1, row =>
                row with
                {
                    Level = SuccessLevel.Failed,
                }
            ),
            "2 of 10 JSON iterations"
        );

    [Fact]
    public void Of_FallbacksToFullCode_CountAsErrors() =>
        Refused(
            With(With(Rows(10, 10), 0, row => row with { EffectiveMode = GenerationMode.FullCode }), 1, row =>
                row with
                {
                    EffectiveMode = GenerationMode.FullCode,
                }
            ),
            "2 of 10 JSON iterations"
        );

    [Fact]
    public void Of_NoJsonAtLevel3_Fails() =>
        Refused(
            Rows(10, 10).Select(row => row with { Level = SuccessLevel.Measured }).ToArray(),
            "none of 10 JSON iterations reached Level 3"
        );

    [Fact]
    public void Of_OnlyJsonAtHalf_Fails() => Refused(Rows(20, 0), "all 20 iterations were JSON at a share of 0.5");

    [Fact]
    public void Of_NoJsonAtHalf_Fails() => Refused(Rows(0, 20), "no iteration was assigned JSON");

    [Fact]
    public void Of_OnlyJsonAt95Percent_Passes() =>
        Assert.True(StagingJudgement.Of(StageConfiguration.For(Stage.FullProduction), Rows(20, 0), 20).Passed);

    [Fact]
    public void Of_TemplateModeWithFreeformAsJson_Fails()
    {
        var rows = Rows(10, 10)
            .Select(row =>
                row with
                {
                    Source =
                        row.AssignedMode == GenerationMode.Json
                            ? RequestSource.TemplateLibrary
                            : RequestSource.Freeform,
                }
            )
            .ToArray();
        var configuration = StageConfiguration.For(Stage.TemplateLibraryOnly);

        Assert.True(StagingJudgement.Of(configuration, rows, 20).Passed);
        Assert.Contains(
            "iteration 1 asked for a Freeform strategy",
            StagingJudgement
                .Of(configuration, With(rows, 0, row => row with { Source = RequestSource.Freeform }), 20)
                .Text
        );
    }

    [Fact]
    public void Of_StageThatUsesNoJson_FailsWhereJsonRan() =>
        Assert.Contains(
            "assigns no JSON",
            StagingJudgement.Of(Hybrid with { UseJsonMode = false }, Rows(10, 10), 20).Text
        );

    private static void Refused(EvidenceRow[] rows, string words)
    {
        var judgement = StagingJudgement.Of(Hybrid, rows, 20);
        Assert.False(judgement.Passed);
        Assert.Contains(words, judgement.Text);
    }

    private static EvidenceRow[] With(EvidenceRow[] rows, int at, Func<EvidenceRow, EvidenceRow> change) =>
        [.. rows.Select((row, i) => i == at ? change(row) : row)];

    private static EvidenceRow[] Rows(int json, int fullCode) =>
        [
            .. Enumerable
                .Range(0, json + fullCode)
                .Select(i =>
                {
                    var mode = i < json ? GenerationMode.Json : GenerationMode.FullCode;
                    return new EvidenceRow
                    {
                        Number = i + 1,
                        AssignedMode = mode,
                        EffectiveMode = mode,
                        Status = IterationStatus.Finished,
                        Level = SuccessLevel.Profitable,
                        StartedAt = DateTimeOffset.UnixEpoch,
                    };
                }),
        ];
}
