using RolloutDashboard.Api;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Monitoring.Exports;

namespace RolloutDashboard.Tests.Evidence.Comparison;

/// <summary>Sides x successes x stage x findings: which words, and zones or not.</summary>
public sealed class ComparisonTextTests
{
    private static readonly string[] Claims =
    [
        "proven",
        "times as often",
        "zone",
        "higher",
        "lower",
        "leads by success",
    ];

    /// <summary>Question, first side (name, mode, n, successes), second side, stage, zone, start of the
    /// verdict.</summary>
    public static TheoryData<ComparisonQuestion, Spec, Spec, string?, string?> Compared { get; } =
        new()
        {
            {
                ComparisonQuestion.Modes,
                Json(100, 80),
                Full(100, 20),
                "proceed",
                "JSON succeeds 4 times as often as full code, in the zone \"proceed\" of gate 3.2 (version 1). That JSON succeeds more than 2 times as often is proven"
            },
            {
                ComparisonQuestion.Modes,
                Json(100, 60),
                Full(100, 24),
                "investigate",
                "JSON succeeds 2.5 times as often as full code, in the zone \"investigate\" of gate 3.2 (version 1)."
            },
            {
                ComparisonQuestion.Modes,
                Json(100, 30),
                Full(100, 29),
                "halt",
                "JSON succeeds 1.03 times as often as full code, in the zone \"halt\" of gate 3.2 (version 1). A difference of the success rates is not proven."
            },
            {
                ComparisonQuestion.Modes,
                Json(100, 0),
                Full(100, 30),
                "halt",
                "JSON has no success in 100 iterations; full code succeeds in 30 of 100. That JSON succeeds less often is proven"
            },
            {
                ComparisonQuestion.Modes,
                Json(50, 40),
                Full(50, 10),
                null,
                "JSON succeeds 4 times as often as full code. That JSON"
            },
            {
                ComparisonQuestion.Modes,
                Json(100, 80),
                Full(100, 0),
                null,
                "There is no ratio: full code has no success in 100 iterations; JSON succeeds in 80 of 100."
            },
            {
                ComparisonQuestion.Modes,
                Json(100, 0),
                Full(100, 0),
                null,
                "There is no ratio: neither side has a success."
            },
            {
                ComparisonQuestion.Sets,
                Full(100, 60),
                Json(100, 0),
                null,
                "There is no ratio: JSON has no success in 100 iterations; full code succeeds in 60 of 100."
            },
            {
                ComparisonQuestion.Sets,
                Full(100, 20),
                Json(100, 80),
                null,
                "full code succeeds 0.25 times as often as JSON. That full code succeeds less often is proven"
            },
            {
                ComparisonQuestion.Sets,
                Json(100, 80),
                Full(100, 20),
                null,
                "JSON succeeds 4 times as often as full code. That JSON"
            },
            {
                ComparisonQuestion.Sets,
                Set("stage 3.3", GenerationMode.Json, 100, 80),
                Set("stage 3.2", GenerationMode.Json, 100, 40),
                null,
                "stage 3.3 succeeds 2 times as often as stage 3.2."
            },
            {
                ComparisonQuestion.Sets,
                Set("data set 1", GenerationMode.FullCode, 60, 30),
                Set("data set 2", GenerationMode.FullCode, 60, 30),
                null,
                "data set 1 succeeds 1 times as often as data set 2. A difference of the success rates is not proven."
            },
        };

    [Theory]
    [MemberData(nameof(Compared), DisableDiscoveryEnumeration = true)]
    public void Of_SidesThatMayBeCompared_FollowsTheSides(
        ComparisonQuestion question,
        Spec first,
        Spec second,
        string? zone,
        string? words
    )
    {
        var report = Report(first, second, question);

        Assert.Equal(ComparisonStanding.Compared, report.Standing);
        Assert.StartsWith(words!, report.Verdict, StringComparison.Ordinal);
        Assert.Equal(zone, report.Ratio!.Zone);
        Assert.Equal(zone is not null, All(report).Contains("zone", StringComparison.Ordinal));
        Assert.DoesNotContain("no full-code success", All(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ComparisonQuestion.Modes)]
    [InlineData(ComparisonQuestion.Sets)]
    public void Of_ModesOfStage31_AreNotComparableAndClaimNothing(ComparisonQuestion question)
    {
        var report = Report(Json(100, 80) with { Stage = "3.1" }, Full(100, 20) with { Stage = "3.1" }, question);

        Assert.Equal(ComparisonStanding.NotComparable, report.Standing);
        Assert.StartsWith(
            "Not comparable: in stage 3.1 the request decides the mode",
            report.Verdict,
            StringComparison.Ordinal
        );
        Assert.Matches(
            @"^Success ratio 4 \([\d.]+ to [\d.]+\) \(not comparable\)\.$",
            Assert.Single(ComparisonFigures.Sentences(report))
        );
        ClaimsNothing(report);
    }

    [Fact]
    public void Of_StagesThatHoldStage31_AreNotComparable()
    {
        CheckedIteration[] json =
        [
            .. Rows(Json(50, 40) with { Stage = "3.1", Segment = "1" }),
            .. Rows(Json(100, 80) with { Stage = "3.2", Segment = "2" }),
        ];
        CheckedIteration[] full =
        [
            .. Rows(Full(50, 10) with { Stage = "3.1", Segment = "1" }),
            .. Rows(Full(100, 20) with { Stage = "3.2", Segment = "2" }),
        ];

        Assert.Equal(ComparisonStanding.NotComparable, CompareSets.Of("JSON", json, "full code", full).Standing);
    }

    [Fact]
    public void Of_OneModeOfStage31OverTwoPeriods_IsComparable() =>
        Assert.Equal(
            ComparisonStanding.Compared,
            Report(
                Json(60, 40) with
                {
                    Stage = "3.1",
                },
                Json(60, 30) with
                {
                    Stage = "3.1",
                    Key = "later",
                },
                ComparisonQuestion.Sets
            ).Standing
        );

    [Fact]
    public void Of_Stage31WithAShare_IsComparable() =>
        Assert.Equal(
            ComparisonStanding.Compared,
            Report(
                Json(60, 40) with
                {
                    Stage = "3.1",
                    Share = 0.5,
                },
                Full(60, 30) with
                {
                    Stage = "3.1",
                    Share = 0.5,
                },
                ComparisonQuestion.Modes
            ).Standing
        );

    [Theory]
    [InlineData(true, false, "No verdict: the evidence is blocked on the side of JSON (arm-contamination).")]
    [InlineData(false, true, "No verdict: the evidence is blocked on the side of full code (arm-contamination).")]
    [InlineData(
        true,
        true,
        "No verdict: the evidence is blocked on the side of JSON (arm-contamination) and of full code (arm-contamination)."
    )]
    public void Of_BlockingFinding_StandsFirstAndClaimsNothing(bool first, bool second, string words)
    {
        var report = Report(
            Json(100, 80) with
            {
                IsForeign = first,
            },
            Full(100, 20) with
            {
                IsForeign = second,
            },
            ComparisonQuestion.Modes
        );

        Assert.Equal(ComparisonStanding.Blocked, report.Standing);
        Assert.StartsWith(words, report.Verdict, StringComparison.Ordinal);
        Assert.Contains(
            "arm-contamination (Blocking)",
            ComparisonFigures.Findings(report)[0],
            StringComparison.Ordinal
        );
        ClaimsNothing(report);
        AssertAdviceToHoldComesBeforeFigures(report);

        Assert.Contains(
            "standing,,,,,,,Blocked,",
            ComparisonEndpoints.Csv(report, ReportHeadTests.Head),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_DismissedFinding_StaysVisibleAndNoLongerBlocks()
    {
        var terms = Terms(ComparisonQuestion.Modes) with
        {
            FirstDismissed = [new DismissedFinding("arm-contamination", "Json", "ann")],
        };

        var report = CompareSets.Of(
            new ComparedSet("JSON", Rows(Json(100, 80) with { IsForeign = true })),
            new ComparedSet("full code", Rows(Full(100, 20))),
            terms
        );

        Assert.Equal(ComparisonStanding.Compared, report.Standing);
        Assert.Contains(
            "JSON: arm-contamination (Blocking, dismissed by ann).",
            Assert.Single(ComparisonFigures.Findings(report)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_SameModeByDesign_IsComparedAlthoughBothSidesAreOfOneKind()
    {
        var report = Report(Json(100, 50), Full(100, 48) with { IsForeign = true }, ComparisonQuestion.SameMode);

        Assert.Equal(ComparisonStanding.Compared, report.Standing);
        Assert.Contains(
            "as it should: both sides are of one kind",
            Assert.Single(ComparisonFigures.Findings(report)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 40, "Nothing to compare: JSON holds no finished iteration.")]
    [InlineData(40, 0, "Nothing to compare: full code holds no finished iteration.")]
    [InlineData(0, 0, "Nothing to compare: both sides hold no finished iteration.")]
    public void Of_EmptySide_IsNamed(int json, int full, string words)
    {
        var report = Report(Json(json, json), Full(full, full / 2), ComparisonQuestion.Modes);

        Assert.Equal((ComparisonStanding.Empty, words), (report.Standing, report.Verdict));
        ClaimsNothing(report);
    }

    [Fact]
    public void Of_SidesWithoutACommonConfiguration_HaveNoZone()
    {
        var report = Report(
            Json(100, 80) with
            {
                Segment = "1",
            },
            Full(100, 20) with
            {
                Segment = "2",
            },
            ComparisonQuestion.Modes
        );

        Assert.NotNull(report.Caution);
        Assert.Null(report.Ratio!.Zone);
    }

    [Fact]
    public void Of_EditedGate_ZonesAndContrastsFollowIt()
    {
        var terms = Terms(ComparisonQuestion.Modes) with
        {
            Gate = new GateRatios(4, Target: 5, Halt: 4.5, Proven: 1.5, MinimumSamples: 50),
        };

        var report = CompareSets.Of(
            new ComparedSet("JSON", Rows(Json(60, 48))),
            new ComparedSet("full code", Rows(Full(60, 12))),
            terms
        );

        Assert.Equal("halt", report.Ratio!.Zone);
        Assert.Equal([1, 1.5, 5], report.Contrasts.Select(contrast => contrast.Ratio));
        Assert.Contains(
            "version 4: from 5 proceed, from 4.5 investigate, below halt",
            ComparisonFigures.Sentences(report)[0],
            StringComparison.Ordinal
        );
        Assert.Contains("more than 1.5 times as often is proven", report.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "production;mode=json;stage=3.2;attempt=1",
        "production;mode=full-code;stage=3.2;attempt=1",
        ComparisonQuestion.Modes
    )]
    [InlineData("import:3;run=1;mode=json", "import:3;run=1;mode=full-code", ComparisonQuestion.Modes)]
    [InlineData("production;mode=full-code", "production;mode=json", ComparisonQuestion.Sets)]
    [InlineData("production;mode=json;stage=3.2", "production;mode=full-code;stage=3.3", ComparisonQuestion.Sets)]
    [InlineData("production;mode=json", "import:3;mode=full-code", ComparisonQuestion.Sets)]
    [InlineData("production;mode=json;by=effective", "production;mode=full-code;by=effective", ComparisonQuestion.Sets)]
    [InlineData("production", "production;mode=full-code", ComparisonQuestion.Sets)]
    public void QuestionOf_Selections_IsTheGatesOnlyWhereModeAloneDiffers(
        string first,
        string second,
        ComparisonQuestion question
    ) => Assert.Equal(question, ComparisonTerms.QuestionOf(SetSelection.Parse(first), SetSelection.Parse(second)));

    private static void AssertAdviceToHoldComesBeforeFigures(ComparisonReport report)
    {
        foreach (
            var text in new[]
            {
                ComparisonMarkdown.Of(report, "hash", ReportHeadTests.Head),
                ComparisonHtml.Of(report, "hash", ReportHeadTests.Head),
            }
        )
        {
            Assert.True(
                text.IndexOf("hold", StringComparison.Ordinal)
                    < text.IndexOf("Distinct strategies", StringComparison.Ordinal),
                text
            );
        }
    }

    private static void ClaimsNothing(ComparisonReport report)
    {
        Assert.Empty(report.Contrasts);
        Assert.Null(report.Sharpe);
        Assert.Null(report.Ratio?.Zone);
        Assert.All(Claims, claim => Assert.DoesNotContain(claim, All(report), StringComparison.Ordinal));
    }

    private static string All(ComparisonReport report) =>
        string.Join('\n', [report.Verdict, .. ComparisonFigures.Sentences(report)]);

    private static ComparisonReport Report(Spec first, Spec second, ComparisonQuestion question) =>
        CompareSets.Of(
            new ComparedSet(first.Name, Rows(first)),
            new ComparedSet(second.Name, Rows(second)),
            Terms(question)
        );

    private static ComparisonTerms Terms(ComparisonQuestion question) =>
        ComparisonTerms.AnySets with
        {
            Question = question,
        };

    private static Spec Json(int n, int successes) => Set("JSON", GenerationMode.Json, n, successes);

    private static Spec Full(int n, int successes) => Set("full code", GenerationMode.FullCode, n, successes);

    private static Spec Set(string name, GenerationMode mode, int n, int successes) => new(name, mode, n, successes);

    private static CheckedIteration[] Rows(Spec side) =>
        [
            .. Enumerable
                .Range(1, side.N)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = side.Mode,
                    ContentMode = side.IsForeign
                        ? side.Mode == GenerationMode.Json
                            ? GenerationMode.FullCode
                            : GenerationMode.Json
                        : side.Mode,
                    Level = number <= side.Successes ? SuccessLevel.Profitable : SuccessLevel.Failed,
                    Executed = number <= side.Successes,
                    SharpeRatio = number <= side.Successes ? 0.3 + (number * 0.001) : null,
                    TotalReturn = number <= side.Successes ? 0.1 + (number * 0.001) : null,
                    MaxDrawdown = number <= side.Successes ? -0.1 : null,
                    Fingerprint = $"{side.Name}-{side.Key}-{side.Segment}-{number}",
                    ErrorSignature = null,
                    Stage = side.Stage,
                    ConfiguredShare = side.Share,
                    Segment = side.Segment,
                }),
        ];

    /// <summary>A side of a test.</summary>
    public sealed record Spec(string Name, GenerationMode Mode, int N, int Successes)
    {
        public string? Stage { get; init; }

        public double? Share { get; init; }

        public string Segment { get; init; } = "1";

        public string Key { get; init; } = "";

        public bool IsForeign { get; init; }

        public override string ToString() => $"{Name} {Successes}/{N}";
    }
}
