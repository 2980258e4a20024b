using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RolloutDashboard.Components.Comparisons;
using RolloutDashboard.Components.Studies;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Components;

/// <summary>Comparisons, plan check, replay and A/A check as pages.</summary>
public sealed class StudyPageTests
{
    // The plan check is computed for real, beside all other tests.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Comparisons_Analyst_SeesVerdictFilesAndKeeps()
    {
        await using var page = With(new PageContext(Roles.Analyst), out var studies);

        var shown = page.Render<ComparisonsPage>();
        shown.WaitForElement("#result", Patience);

        Assert.Equal("production;mode=json | production;mode=full-code", studies.Asked[0]);
        Assert.Contains("succeeds 3.2 times as often", shown.Markup, StringComparison.Ordinal);
        Assert.Equal(4, shown.FindAll("#result a[download]").Count);
        Assert.Contains("old-loop.jsonl", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("No report has been kept yet", shown.Markup, StringComparison.Ordinal);
        Assert.All(shown.FindAll("#result a[download]"), link =>
            Assert.Contains($"hash={studies.Hash}", link.GetAttribute("href"), StringComparison.Ordinal)
        );
        var hash = studies.Hash;
        shown.Find("#result button").Click();
        Assert.Contains($"keep {hash}", studies.Asked);
        Assert.EndsWith(
            "/comparisons/7",
            page.Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Comparisons_Viewer_MayNotKeep()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);

        var shown = page.Render<ComparisonsPage>();
        shown.WaitForElement("#result", Patience);

        Assert.Empty(shown.FindAll("#result button"));
    }

    [Fact]
    public async Task Comparisons_MarketWithOddities_SaysThemBesideTheFigures()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.Report = studies.Report with { Basis = studies.Report.Basis with { MarketData = ["v1", "gone"] } };
        var shown = page.Render<ComparisonsPage>();
        shown.WaitForElement("#result", Patience);

        Assert.Contains(
            ScriptedMarketData.Sentence,
            shown.Find("#result [role=note]").TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(data version gone) is not the one that is loaded now",
            shown.Markup,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Comparisons_ModeChosen_WritesItIntoTheAddress()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);
        var shown = page.Render<ComparisonsPage>();
        shown.WaitForElement("#result", Patience);

        shown.FindAll("fieldset select")[1].Change("full-code");

        Assert.Contains(
            "a=production%3Bmode%3Dfull-code",
            page.Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Comparison_Kept_IsMadeAgain()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.Kept = [ScriptedStudies.Report7];

        var shown = page.Render<ComparisonPage>(parameters => parameters.Add(one => one.Id, 7));
        shown.WaitForElement("#report", Patience);
        shown.Find("#report button").Click();

        shown.WaitForAssertion(
            () => Assert.Contains("The same to the last digit.", shown.Markup, StringComparison.Ordinal),
            Patience
        );
    }

    [Fact]
    public async Task Comparison_Unknown_SaysSo()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);

        var shown = page.Render<ComparisonPage>(parameters => parameters.Add(one => one.Id, 9));

        shown.WaitForAssertion(
            () => Assert.Contains("There is no report 9.", shown.Markup, StringComparison.Ordinal),
            Patience
        );
    }

    [Fact]
    public async Task Replay_ShowsCourseAndMarksWhatIsHypothetical()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);

        var shown = page.Render<ReplayPage>();
        shown.WaitForElement("#course tbody tr", Patience);

        Assert.Contains("the gate first passes after iteration 100", shown.Markup, StringComparison.Ordinal);
        Assert.Equal(2, shown.FindAll("#course tbody tr").Count);
        Assert.Single(shown.FindAll("#course tr.hypothetical"));
        shown.Find("#verify button").Click();
        shown.WaitForAssertion(
            () =>
                Assert.Contains(
                    "12 recorded judgements and 2 decisions give exactly the verdict",
                    shown.Markup,
                    StringComparison.Ordinal
                ),
            Patience
        );
    }

    [Fact]
    public async Task Replay_EmptyHistory_SaysSo()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.Replay = new ReplayResult(0, 1, [], null, []);

        var shown = page.Render<ReplayPage>();

        shown.WaitForAssertion(
            () => Assert.Contains("holds no ended iteration yet", shown.Markup, StringComparison.Ordinal),
            Patience
        );
    }

    [Fact]
    public async Task Plan_ShowsContradictionsGatesAndAlarms()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);

        var shown = page.Render<PlanPage>();
        shown.WaitForElement("#gates tbody tr", Patience);

        Assert.Contains("69 %", shown.Find("#warnings").TextContent, StringComparison.Ordinal);
        Assert.Equal(4, shown.FindAll("#gates tbody tr").Count);
        Assert.Equal(8, shown.FindAll("#alarms tbody tr").Count);
    }

    [Theory]
    [InlineData("with", "latest=-5", "'latest=-5'")]
    [InlineData("json", "seven", "True JSON success: 'seven' will not do")]
    public async Task Plan_WrongNumberInTheAddress_SaysSoAndChecksNothing(string name, string value, string words)
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/plan?{name}={Uri.EscapeDataString(value)}");

        var shown = page.Render<PlanPage>();

        shown.WaitForAssertion(() => Assert.Contains(words, shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll("#gates tbody tr"));
        Assert.NotEmpty(shown.FindAll("#policy input"));
    }

    [Theory]
    [InlineData("/replay?data=nonsense", "'nonsense' names no history")]
    [InlineData("/replay?stage=3.2", "'stage' is known of an imported history only")]
    public async Task Replay_AddressThatMeansNothing_IsSaidAndNothingElseReplayed(string address, string words)
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var shown = page.Render<ReplayPage>();

        shown.WaitForAssertion(() => Assert.Contains(words, shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(studies.Asked);
    }

    [Fact]
    public async Task Replay_ImportWithoutAStage_BeginsInTheFirst()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/replay?data=import:3");

        var shown = page.Render<ReplayPage>();
        shown.WaitForElement("#course tbody tr", Patience);

        Assert.Contains("ImportId = 3", studies.Asked[0], StringComparison.Ordinal);
        Assert.Contains("FirstStage = TemplateLibraryOnly", studies.Asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparisons_UnknownSet_IsSaidAndNothingElseCompared()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/comparisons?a=nonsense");

        var shown = page.Render<ComparisonsPage>();

        shown.WaitForAssertion(
            () => Assert.Contains("'nonsense' names no set", shown.Markup, StringComparison.Ordinal),
            Patience
        );
        Assert.Empty(studies.Asked);
        Assert.Empty(shown.FindAll("#result"));
    }

    [Fact]
    public async Task Comparisons_BlockingFinding_StandsBeforeTheFigures()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        var contaminated = Enumerable
            .Range(1, 40)
            .Select(number => new CheckedIteration
            {
                Number = number,
                AssignedMode = GenerationMode.FullCode,
                ContentMode = GenerationMode.Json,
                Level = SuccessLevel.Failed,
                Fingerprint = $"f{number}",
            })
            .ToArray();
        studies.Report = CompareSets.Of("JSON", studies.Iterations, "full code", contaminated);

        var shown = page.Render<ComparisonsPage>();
        shown.WaitForElement("#result", Patience);

        Assert.True(
            shown.Markup.IndexOf("arm-contamination", StringComparison.Ordinal)
                < shown.Markup.IndexOf("<table", StringComparison.Ordinal),
            shown.Markup
        );
        Assert.Contains("Not compared.", shown.Find("#result .notice").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("proven,", shown.Find("#result").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aa_ShowsWhatWasPromisedAndFound()
    {
        await using var page = With(new PageContext(Roles.Viewer), out _);

        var shown = page.Render<AaPage>();
        shown.WaitForElement("#claims tbody tr", Patience);

        Assert.Contains("Every statement keeps its promise.", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("3.0 %", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("as it should", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aa_TakesLong_ShowsProgressAndCanBeStoppedAndRunAgain()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.AaEnds = new TaskCompletionSource();

        var shown = page.Render<AaPage>();
        Assert.Empty(shown.FindAll("progress"));
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        shown.WaitForElement("progress", Patience);
        studies.AaProgress!.Report(40);
        shown.WaitForAssertion(
            () => Assert.Contains("40 of 100 runs", shown.Markup, StringComparison.Ordinal),
            Patience
        );

        shown.FindAll("button").Single(button => button.TextContent == "Stop").Click();
        shown.WaitForAssertion(
            () => Assert.Contains("Stopped after 40 of 100 runs.", shown.Markup, StringComparison.Ordinal),
            Patience
        );
        Assert.Empty(shown.FindAll("#claims"));

        studies.AaEnds = null;
        shown.FindAll("button").Single(button => button.TextContent == "Run it again").Click();
        shown.WaitForElement("#claims tbody tr", Patience);
        Assert.DoesNotContain("Stopped after", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparisons_TakesLong_AllElseAnswersAndItCanBeStoppedAndRunAgain()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.StudyEnds = new TaskCompletionSource();

        var shown = page.Render<ComparisonsPage>();
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        shown.WaitForElement("progress", Patience);
        Assert.Contains("old-loop.jsonl", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("No report has been kept yet", shown.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading the comparison", shown.Markup, StringComparison.Ordinal);
        studies.Waits!.Progress!.Report(40);
        shown.WaitForAssertion(
            () => Assert.Contains("40 % of the comparison", shown.Markup, StringComparison.Ordinal),
            Patience
        );

        shown.FindAll("button").Single(button => button.TextContent == "Stop").Click();
        shown.WaitForAssertion(
            () => Assert.Contains("Stopped after 40 % of the comparison.", shown.Markup, StringComparison.Ordinal),
            Patience
        );
        Assert.Empty(shown.FindAll("#result"));
        Assert.True(studies.Waits.IsStopped);

        studies.StudyEnds = null;
        shown.FindAll("button").Single(button => button.TextContent == "Run it again").Click();
        shown.WaitForElement("#result", Patience);
    }

    [Fact]
    public async Task Replay_TakesLong_PolicyCanBeChangedMeanwhileAndTheResultComes()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.StudyEnds = new TaskCompletionSource();

        var shown = page.Render<ReplayPage>();
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        shown.WaitForElement("progress", Patience);
        Assert.NotEmpty(shown.FindAll("#policy input"));
        Assert.Contains("version 2", shown.Markup, StringComparison.Ordinal);
        studies.Waits!.Progress!.Report(70);
        shown.WaitForAssertion(
            () => Assert.Contains("70 % of the iterations", shown.Markup, StringComparison.Ordinal),
            Patience
        );

        studies.StudyEnds.SetResult();
        shown.WaitForElement("#course tbody tr", Patience);
        Assert.Empty(shown.FindAll("progress"));
    }

    [Fact]
    public async Task Comparisons_LeftWhileItGoesOn_IsNotStopped()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.StudyEnds = new TaskCompletionSource();
        page.Render<ComparisonsPage>();

        await page.DisposeComponentsAsync();

        Assert.False(studies.Waits!.IsStopped);
    }

    [Theory]
    [InlineData(typeof(ComparisonsPage))]
    [InlineData(typeof(ReplayPage))]
    public async Task Study_SomethingAddedSince_SaysItAndWorksItOutAgain(Type study)
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.IsOfNow = false;
        var shown = page.Render(builder =>
        {
            builder.OpenComponent(0, study);
            builder.CloseComponent();
        });
        shown.WaitForElement(".result-age button", Patience);
        Assert.Contains("Something has been added since.", shown.Markup, StringComparison.Ordinal);
        Assert.False(studies.Waits!.WantsLatest);

        studies.IsOfNow = true;
        shown.Find(".result-age button").Click();
        shown.WaitForAssertion(() => Assert.Empty(shown.FindAll(".result-age button")), Patience);
        Assert.True(studies.Waits.WantsLatest);
        Assert.Contains("As of", shown.Find(".result-age").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Something has been added since.", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_ReadFails_SayItAndOfferAnotherTry()
    {
        await using var page = With(new PageContext(Roles.Viewer), out var studies);
        studies.Fault = "the disk is gone";

        foreach (
            var shown in new IRenderedComponent<IComponent>[]
            {
                page.Render<ComparisonsPage>(),
                page.Render<ReplayPage>(),
                page.Render<AaPage>(),
            }
        )
        {
            shown.WaitForAssertion(
                () => Assert.Contains("the disk is gone", shown.Markup, StringComparison.Ordinal),
                Patience
            );
            Assert.Contains("Try again", shown.Markup, StringComparison.Ordinal);
        }
    }

    private static PageContext With(PageContext page, out ScriptedStudies studies)
    {
        studies = new ScriptedStudies();
        page.Services.AddSingleton<IComparisons>(studies);
        page.Services.AddSingleton<IReplays>(studies);
        page.Services.AddSingleton<IAaChecks>(studies);
        page.Services.AddSingleton<IPlanChecks>(
            new PlanChecks(
                new FixedPolicy(),
                Options.Create(new StageOptions()),
                Options.Create(new RolloutOptions()),
                new WorkTurns(TestShare.Create()),
                page.Clock
            )
        );
        return page;
    }
}
