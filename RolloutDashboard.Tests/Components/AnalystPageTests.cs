using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Components.Analytics;
using RolloutDashboard.Components.Audit;
using RolloutDashboard.Components.Champions;
using RolloutDashboard.Components.Kpis;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Components.Search;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class AnalystPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Champions_History_ShowsReigningPastAndWhatIsNotMeasured()
    {
        await using var page = new PageContext();

        var champions = page.Render<ChampionsPage>();

        Assert.Equal(3, champions.FindAll(".champion-table tbody tr").Count);
        Assert.Contains("reigns", champions.Find(".champion-table tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "less than half of it holds on unseen days",
            champions.Find("#reigning").TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not measured",
            champions.FindAll(".champion-table tbody tr")[1].TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Champions_None_SaysWhatTheFirstNeeds()
    {
        await using var page = new PageContext();
        page.Analyst.IsEmpty = true;

        Assert.Contains(
            "the first needs Level 3 and a Sharpe above 0.5",
            page.Render<ChampionsPage>().Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Champions_ReadFails_SaysSoAndTriesAgain()
    {
        await using var page = new PageContext();
        page.Analyst.Failure = new InvalidOperationException("The database is locked.");
        var champions = page.Render<ChampionsPage>();
        Assert.Contains(
            "The database is locked.",
            champions.Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );

        page.Analyst.Failure = null;
        await champions.Find(".empty-state button").ClickAsync(new());

        Assert.NotEmpty(champions.FindAll(".champion-table tbody tr"));
    }

    [Fact]
    public async Task Champions_Export_CarriesThePagesQuery()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/champions?scope=json");

        Assert.Equal(
            "/export/champions.csv?scope=json",
            page.Render<ChampionsPage>().Find("a[download]").GetAttribute("href")
        );
    }

    [Fact]
    public async Task Audit_AddressFilters_AreWhatIsRead()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>()
            .NavigateTo("/audit?kind=rollback&actor=operator&from=2026-03-01T00:00Z&page=2");

        page.Render<AuditPage>();

        Assert.Equal(
            new DecisionFilter(
                "rollback",
                "operator",
                new Period(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), null),
                2
            ),
            page.Analyst.AskedDecisions[^1]
        );
    }

    [Fact]
    public async Task Audit_ReasonWithMarkup_IsShownAsText()
    {
        await using var page = new PageContext();

        var audit = page.Render<AuditPage>();

        Assert.Contains("<b>night</b> call", audit.Find(".decisions").TextContent, StringComparison.Ordinal);
        Assert.Empty(audit.FindAll(".decisions b"));
    }

    [Fact]
    public async Task Audit_CheckTheChain_SaysTheResultInWords()
    {
        await using var page = new PageContext();
        var audit = page.Render<AuditPage>();

        await audit.Find("#chain button").ClickAsync(new());
        Assert.Contains(
            "All 3 records follow each other, none was changed, and the journal says the same.",
            audit.Find(".chain-check").TextContent,
            StringComparison.Ordinal
        );

        page.Analyst.Check = new ChainCheck(
            3,
            2,
            [new ChainFault(2, "record 2 was changed after it was written")],
            null
        );
        await audit.Find("#chain button").ClickAsync(new());
        Assert.Contains("1 fault in 3 records", audit.Find(".chain-check").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "record 2 was changed after it was written",
            audit.Find(".chain-check").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Audit_NothingFits_DiffersFromNothingRecorded()
    {
        await using var page = new PageContext();
        page.Analyst.IsEmpty = true;

        Assert.Contains(
            "No decision recorded yet",
            page.Render<AuditPage>().Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/audit?kind=rollback");
        Assert.Contains(
            "No decision fits these filters.",
            page.Render<AuditPage>().Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Analytics_Report_ShowsEmptyCellsUnknownPricesAndEncodedErrors()
    {
        await using var page = new PageContext();

        var analytics = page.Render<AnalyticsPage>();

        Assert.Equal(
            ["none", "4", "few"],
            analytics.FindAll(".heat td").Select(cell => cell.GetAttribute("data-step"))
        );
        Assert.Contains("never tried", analytics.Find(".heat td").TextContent, StringComparison.Ordinal);
        Assert.Contains("price unknown", analytics.Find("#providers").TextContent, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", analytics.Find("#failures").TextContent, StringComparison.Ordinal);
        Assert.Contains("8", analytics.Find("#modes tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analytics_PresetStageAttemptAndTemplateInTheAddress_AreWhatIsRead()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<NavigationManager>()
            .NavigateTo("/analytics?range=24h&stage=3.1&attempt=2&template=Turtle");

        page.Render<AnalyticsPage>();

        Assert.Equal(
            (
                new Period(page.Clock.GetUtcNow().AddHours(-24), null),
                new AttemptChoice(Stage.TemplateLibraryOnly, 2),
                "Turtle"
            ),
            page.Analyst.AskedAnalytics[^1]
        );
    }

    [Fact]
    public async Task Analytics_NothingInThePeriod_NamesThePeriod()
    {
        await using var page = new PageContext();
        page.Analyst.IsEmpty = true;

        Assert.Contains(
            "last 7 days",
            page.Render<AnalyticsPage>().Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Kpis_Table_ShowsTargetsNAndWhatIsNotMeasured()
    {
        await using var page = new PageContext();

        var kpis = page.Render<KpisPage>();

        var success = kpis.Find("#quality tbody tr").TextContent;
        Assert.Contains("≥ 80 %", success, StringComparison.Ordinal);
        Assert.Contains("too few to judge", success, StringComparison.Ordinal);
        Assert.Contains("n 8", success, StringComparison.Ordinal);
        Assert.Contains(
            "too few to judge",
            kpis.FindAll("#operation tbody tr")[1].TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("not measured", kpis.FindAll("#outcome tbody tr")[^1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(AnalyticsPage), "#modes")]
    [InlineData(typeof(KpisPage), "#quality")]
    public async Task Figures_TakeLong_ShowProgressAndCanBeStoppedAndReadAgain(Type type, string figures)
    {
        await using var page = new PageContext();
        page.Analyst.Ends = new TaskCompletionSource();

        var shown = page.Render(builder =>
        {
            builder.OpenComponent(0, type);
            builder.CloseComponent();
        });
        Assert.Empty(shown.FindAll("progress"));
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        shown.WaitForElement("progress", Patience);
        Assert.NotEmpty(shown.FindAll(".filters button"));
        page.Analyst.Percent!.Report(40);
        shown.WaitForAssertion(
            () => Assert.Contains("40 % of the iterations", shown.Markup, StringComparison.Ordinal),
            Patience
        );

        AssertCanBeStopped(shown, "Stopped after 40 % of the iterations.", figures);

        page.Analyst.Ends = null;
        shown.FindAll("button").Single(button => button.TextContent == "Run it again").Click();
        shown.WaitForElement(figures, Patience);
        Assert.Empty(shown.FindAll("progress"));

        page.Analyst.Ends = new TaskCompletionSource();
        await ChooseAnotherPeriodAsync(page, shown);
        Assert.NotEmpty(shown.FindAll(figures));
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        shown.WaitForElement("progress", Patience);
        Assert.Empty(shown.FindAll(figures));
        AssertCanBeStopped(shown, "Stopped after", figures);
    }

    [Fact]
    public async Task Search_EnterOnANumber_OpensTheIteration()
    {
        await using var page = new PageContext();
        var dialogs = page.Render<MudDialogProvider>();
        await page.Render<SearchButton>().Find("button").ClickAsync(new());
        var input = dialogs.WaitForElement("#search-words", Patience);

        var typing = input.InputAsync(new ChangeEventArgs { Value = "120" });
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        await typing;
        Assert.Equal(
            ["/iterations/120", "/audit?decision=120"],
            dialogs.FindAll(".search-hits a").Select(link => link.GetAttribute("href"))
        );
        await dialogs.Find("#search-words").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        Assert.EndsWith(
            "/iterations/120",
            page.Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Search_NothingFits_SaysSo()
    {
        await using var page = new PageContext();
        var dialogs = page.Render<MudDialogProvider>();
        await page.Render<SearchButton>().Find("button").ClickAsync(new());

        var typing = dialogs
            .WaitForElement("#search-words", Patience)
            .InputAsync(new ChangeEventArgs { Value = "zzz" });
        page.Clock.Advance(TimeSpan.FromSeconds(1));
        await typing;

        Assert.Contains("Nothing fits “zzz”.", dialogs.Find("#search-results").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Navigation_More_OpensClosesAndTellsWhereOneIs()
    {
        await using var page = new PageContext();
        var menu = page.Render<NavMenu>();
        Assert.Equal("false", menu.Find(".nav-more-button").GetAttribute("aria-expanded"));

        await menu.Find(".nav-more-button").ClickAsync(new());
        Assert.Equal("true", menu.Find(".nav-more").GetAttribute("data-open"));
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/audit");
        menu.WaitForState(() => menu.Find(".nav-more").GetAttribute("data-open") is null, Patience);

        Assert.Contains("active", menu.Find(".nav-more-button").ClassList);
    }

    [Theory]
    [InlineData("24h", null, null, "24h")]
    [InlineData("nonsense", null, null, "all")]
    [InlineData("24h", "2026-03-01T10:00Z", null, null)]
    [InlineData("24h", "nonsense", null, "24h")]
    public void Period_Address_MomentsWinAndNonsenseIsTheStandard(
        string? range,
        string? from,
        string? to,
        string? code
    ) => Assert.Equal(code, PeriodChoice.Parse(range, from, to, "all").Code);

    [Fact]
    public void Period_RoundTrip_KeepsTheMoment()
    {
        var choice = PeriodChoice.Parse(null, "2026-03-01T10:00Z", "2026-03-02", "all");

        Assert.Equal("2026-03-01T10:00Z", choice.Query("all")["from"]);
        Assert.Equal("2026-03-02T00:00Z", choice.Query("all")["to"]);
    }

    private static void AssertCanBeStopped(IRenderedComponent<IComponent> shown, string words, string figures)
    {
        shown.FindAll("button").Single(button => button.TextContent == "Stop").Click();
        shown.WaitForAssertion(() => Assert.Contains(words, shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll(figures));
    }

    private static async Task ChooseAnotherPeriodAsync(PageContext page, IRenderedComponent<IComponent> shown)
    {
        var last = page.Analyst.Percent;
        shown.FindAll(".ranges button").First(button => button.GetAttribute("aria-pressed") != "true").Click();
        Assert.True(SpinWait.SpinUntil(() => !ReferenceEquals(last, page.Analyst.Percent), Patience));
        await shown.InvokeAsync(() => { });
    }
}
