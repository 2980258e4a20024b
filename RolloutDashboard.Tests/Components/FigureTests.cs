using RolloutDashboard.Components.Charts;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class FigureTests
{
    [Fact]
    public void Words_NotFiniteOrMissing_AreADash()
    {
        Assert.Equal("–", FigureFormatter.Percent(null));
        Assert.Equal("–", FigureFormatter.Percent(double.NaN));
        Assert.Equal("–", FigureFormatter.Number(double.PositiveInfinity));
        Assert.Equal("–", FigureFormatter.Ratio(null));
    }

    [Fact]
    public void Words_Ranges_SayOpenEnds()
    {
        Assert.Equal("72 to 90 %", FigureFormatter.PercentRange(new Interval(0.72, 0.9)));
        Assert.Equal("2.1 or more", FigureFormatter.NumberRange(new Interval(2.1, double.PositiveInfinity), 1));
    }

    [Fact]
    public void Scale_Share_StandsOnZeroToOne()
    {
        var scale = IntervalScale.Of(0.83, new Interval(0.7, 0.9), 0.8)!;

        Assert.Equal(70, scale.Left, 6);
        Assert.Equal(20, scale.Width, 6);
        Assert.Equal(83, scale.Value!.Value, 6);
        Assert.Equal(80, scale.Target!.Value, 6);
    }

    [Fact]
    public void Scale_InfiniteUpperEnd_ReachesTheEdge()
    {
        var scale = IntervalScale.Of(3.5, new Interval(2, double.PositiveInfinity), 3)!;

        Assert.Equal(100, scale.Left + scale.Width, 6);
    }

    [Fact]
    public void Scale_NothingMeasured_DrawsNothing()
    {
        Assert.Null(IntervalScale.Of(null, null, 0.8));
        Assert.Null(IntervalScale.Of(double.NaN, null, null));
        Assert.Null(IntervalScale.Of(0, null, 0));
    }

    [Theory]
    [InlineData(1.99, "Halt zone")]
    [InlineData(2.0, "Investigate zone")]
    [InlineData(2.99, "Investigate zone")]
    [InlineData(3.0, "Proceed zone")]
    public void Zone_OfARatio_IsTheRecommendationsZone(double ratio, string word) =>
        Assert.Equal(word, RatioZones.Word(ratio));

    [Fact]
    public void Levels_OfAnArm_FillTheBarFromSuccessToFailure()
    {
        var parts = LevelParts.Of(Scripted.Snapshot(Scripted.Start, 96).Json);

        Assert.Equal([3, 2, 1, 0], parts.Select(part => part.Level));
        Assert.Equal(100, parts.Sum(part => part.Width), 6);
        Assert.Empty(LevelParts.Of(Scripted.Empty(Scripted.Start).Json));
    }

    [Fact]
    public void Strip_OfEachState_HasAShapeOfItsOwnAndOnlyCollectingAnHourglass()
    {
        var headline = Scripted.Snapshot(Scripted.Start, 96).Rollout.Headline;
        var looks = Enum.GetValues<HeadlineState>()
            .ToDictionary(state => state, state => StripPresentation.Of(headline with { State = state }));

        Assert.Equal(
            [HeadlineState.Collecting],
            looks
                .Where(look => look.Value.Icon == MudBlazor.Icons.Material.Filled.HourglassTop)
                .Select(look => look.Key)
        );
        Assert.NotEqual(looks[HeadlineState.Halted].Icon, looks[HeadlineState.RolledBack].Icon);
        Assert.Equal("bad", StripPresentation.Of(headline with { Tone = HeadlineTone.Bad }).Tone);
        Assert.Equal(4, Enum.GetValues<HeadlineTone>().Select(StripPresentation.ToneOf).Distinct().Count());
    }

    [Theory]
    [InlineData(44956, "44,956")]
    [InlineData(999, "999")]
    [InlineData(-20100, "-20,100")]
    public void Whole_Numbers_HaveSeparators(long number, string words) =>
        Assert.Equal(words, FigureFormatter.Count(number));

    [Fact]
    public void Words_LargeNumbers_HaveSeparatorsEverywhere()
    {
        Assert.Equal("44,956 iterations", FigureFormatter.Count(44956, "iteration"));
        Assert.Equal("1,234.50", FigureFormatter.Number(1234.5));
        Assert.Equal("12,345 %", FigureFormatter.Percent(123.45));
        Assert.Equal("1234.5", FigureFormatter.Plain(1234.5, 1));
    }

    [Theory]
    [InlineData(Verdict.Pass, false, null, "met, not yet proven")]
    [InlineData(Verdict.Pass, true, null, "proven for these iterations")]
    [InlineData(Verdict.Pass, true, false, "proven for these iterations, not yet for the mode")]
    [InlineData(Verdict.Pass, true, true, "proven for the mode")]
    [InlineData(Verdict.Pass, false, true, "proven for the mode")]
    [InlineData(Verdict.Pass, false, false, "met, not yet proven")]
    [InlineData(Verdict.Fail, false, false, "not proven")]
    [InlineData(Verdict.Fail, false, null, "not proven")]
    [InlineData(Verdict.Pass, null, null, null)]
    public void Proof_OfACriterion_IsInWords(Verdict verdict, bool? proven, bool? forMode, string? words) =>
        Assert.Equal(
            words,
            StatusPresentation.Proof(
                new CriterionResult("key", "Name", verdict, "", "", 1, 1, null, 1, null, null, proven, null, "")
                {
                    ForMode = forMode is { } isProven ? new ModeStanding(isProven, 20, null) : null,
                }
            )
        );

    [Fact]
    public void Looks_OfAllVerdicts_DifferInShapeAndWord()
    {
        var looks = Enum.GetValues<Verdict>().Select(verdict => StatusPresentation.Of(verdict, null)).ToArray();

        Assert.Equal(looks.Length, looks.Select(look => look.Icon).Distinct().Count());
        Assert.Equal(looks.Length, looks.Select(look => look.Word).Distinct().Count());
    }

    [Theory]
    [InlineData(Shortage.Samples, "Too few yet")]
    [InlineData(Shortage.Time, "Too early")]
    [InlineData(Shortage.FreshFigures, "Out of date")]
    [InlineData(null, "Not enough yet")]
    public void Look_OfAnInconclusiveVerdict_SaysWhatIsMissing(Shortage? lacks, string word)
    {
        Assert.Equal(word, StatusPresentation.Of(Verdict.Inconclusive, lacks).Word);
        Assert.Equal("Pass", StatusPresentation.Of(Verdict.Pass, lacks).Word);
    }

    [Fact]
    public void Thin_OneDeepDay_KeepsTheDeepestAndTheHighestPoint()
    {
        // 6,000 days, one of them at -0.352 between days of -0.1, one at 0.
        var points = Enumerable
            .Range(0, 6000)
            .Select(i => new ChartPoint(
                i,
                i == 4321 ? -0.352
                    : i == 17 ? 0
                    : -0.1
            ))
            .ToArray();

        var thin = Assert.Single(ChartData.Thin([points]));

        Assert.True(thin.Count <= ChartData.MaxPoints);
        Assert.Contains(new ChartPoint(4321, -0.352), thin);
        Assert.Contains(new ChartPoint(17, 0), thin);
        Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
        Assert.Equal(thin.OrderBy(point => point.X), thin);
    }

    [Fact]
    public void Thin_TwoSeries_KeepTheExtremesOfBothAtTheSameX()
    {
        var first = Enumerable.Range(0, 5000).Select(i => new ChartPoint(i, i == 123 ? 9.0 : 1)).ToArray();
        var second = Enumerable.Range(0, 5000).Select(i => new ChartPoint(i, i == 4000 ? -9.0 : 1)).ToArray();

        var thin = ChartData.Thin([first, second]);

        Assert.Equal(thin[0].Select(point => point.X), thin[1].Select(point => point.X));
        Assert.Equal(9, thin[0].Max(point => point.Y));
        Assert.Equal(-9, thin[1].Min(point => point.Y));
        Assert.True(thin[0].Count <= ChartData.MaxPoints);
    }

    [Fact]
    public void Thin_HalfWithoutValues_KeepsGaps()
    {
        var points = Enumerable.Range(0, 1000).Select(i => new ChartPoint(i, i < 500 ? 1.0 : null)).ToArray();

        var thin = ChartData.Thin([points], 20)[0];

        Assert.True(thin.Count <= 20);
        Assert.Contains(thin, point => point is { X: > 500, Y: null });
        Assert.Contains(thin, point => point.Y == 1);
    }

    [Fact]
    public void Thin_AtMostTheLimit_ChangesNothing()
    {
        IReadOnlyList<ChartPoint> points = [new(0, 1), new(1, 2)];

        Assert.Same(points, ChartData.Thin([points], 5)[0]);
    }

    [Fact]
    public void Describe_Series_SaysEndAndExtremes()
    {
        ChartPoint[] points = [new(0, 0.2), new(1, null), new(2, 0.6), new(3, 0.5)];

        Assert.Equal(
            "JSON: 50 % at the end, between 20 % and 60 %.",
            ChartData.Describe("JSON", points, value => FigureFormatter.Percent(value))
        );
        Assert.Equal(
            "JSON: no data in this range.",
            ChartData.Describe("JSON", [new(0, null)], value => FigureFormatter.Percent(value))
        );
    }

    [Fact]
    public void Address_OfAFilter_ReadsBackAsTheSame()
    {
        var filter = new IterationFilter(
            RolloutEnvironment.Staging,
            GenerationMode.FullCode,
            SuccessLevel.Failed,
            IterationStatus.Lost,
            Stage.Hybrid,
            3
        )
        {
            Lineage = 12,
        };
        string? Text(string name) => IterationAddress.Query(filter)[name]?.ToString();

        Assert.Equal(
            filter,
            IterationAddress.Parse(
                Text("environment"),
                Text("mode"),
                Text("level"),
                Text("status"),
                Text("stage"),
                Text("page"),
                Text("lineage")
            )
        );
    }

    [Fact]
    public void Address_Nonsense_FiltersNothing() =>
        Assert.Equal(
            new IterationFilter(RolloutEnvironment.Production, null, null, null, null, 1),
            IterationAddress.Parse("moon", "yaml", "7", "99", "9.9", "-4", "0")
        );

    [Fact]
    public void Waterfall_Parts_FollowOneAnother()
    {
        var parts = WaterfallPart.Of([
            new TimingPart("llm", TimeSpan.FromSeconds(3)),
            new TimingPart("run", TimeSpan.FromSeconds(1)),
        ]);

        Assert.Equal(75, parts[1].Left, 6);
        Assert.Equal(25, parts[1].Width, 6);
        Assert.Empty(WaterfallPart.Of([]));
    }
}
