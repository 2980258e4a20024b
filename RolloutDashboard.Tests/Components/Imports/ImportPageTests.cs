using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Imports;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Imports;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Imports;

public sealed class ImportPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Page_NothingThere_SaysWhatAnImportIsGoodFor()
    {
        await using var page = new PageContext();

        var import = Render(page, new ScriptedImports());
        import.WaitForElement("#sets .empty-state", Patience);

        Assert.Contains("Drop files here", import.Find(".drop").TextContent, StringComparison.Ordinal);
        Assert.Empty(import.FindAll("#desk"));
        Assert.Contains("No history was imported yet", import.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ReadingAndFailing_SaysSoAndOffersAnotherTry()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedImports
        {
            Hold = new TaskCompletionSource(),
            Failure = new IOException("disk gone"),
        };
        var import = Render(page, scripted);
        Assert.Contains("Reading the data sets…", import.Markup, StringComparison.Ordinal);

        scripted.Hold.SetResult();
        import.WaitForState(() => import.Markup.Contains("disk gone", StringComparison.Ordinal), Patience);
        (scripted.Failure, scripted.Hold) = (null, null);
        await import.FindAll("button").Single(button => button.TextContent == "Try again").ClickAsync(new());

        import.WaitForElement("#sets .empty-state", Patience);
    }

    [Theory]
    [InlineData(ImportPhase.Arriving, "976.6 KiB of 3.8 MiB")]
    [InlineData(ImportPhase.Checking, "412,000 records, 2 lines left out, 43 %")]
    [InlineData(ImportPhase.Importing, "412,000 records")]
    public async Task Page_FileMoves_ShowsProgressAndCanBeCancelled(ImportPhase phase, string words)
    {
        await using var page = new PageContext();
        var progress = phase == ImportPhase.Arriving ? null : new ImportProgress(430, 1000, 412_000, 2);
        var scripted = new ScriptedImports { Items = [ScriptedImports.Item(phase, progress: progress)] };

        var import = Render(page, scripted);
        import.WaitForElement("progress", Patience);
        await import.Find(".import-progress button").ClickAsync(new());

        Assert.Contains(
            words.Replace("976.6 KiB", "977 KiB", StringComparison.Ordinal),
            import.Find(".import-progress").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(["cancel a1"], scripted.Commands);
    }

    [Fact]
    public async Task Page_FileReady_ShowsWhatWasUnderstoodAndImportsIt()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedImports
        {
            Items = [ScriptedImports.Item(ImportPhase.Ready, ScriptedImports.Report(ScriptedImports.Contamination))],
        };

        var import = Render(page, scripted);
        import.WaitForElement("[data-commit]", Patience);
        var card = import.Find(".import-item");
        await import.Find("[data-commit]").ClickAsync(new());

        Assert.Contains("arm-contamination", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("JSON 700, full code 500", card.TextContent, StringComparison.Ordinal);
        Assert.Equal("17", card.QuerySelector(".import-problems td")!.TextContent);
        Assert.Contains("&lt;b&gt;odd", card.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("mood (3)", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(["commit a1"], scripted.Commands);
    }

    [Fact]
    public async Task Page_MappingSaved_IsKeptAndOfferedAgain()
    {
        await using var page = new PageContext();
        var report = ScriptedImports.Report() with { Fields = [new FoundField("s", 3, ["0.5"], null)] };
        var options = new ImportOptions
        {
            Mapping = new HistoryMapping { Fields = [new MappedField(HistoryFields.SharpeRatio, "s")] },
        };
        var scripted = new ScriptedImports
        {
            Items = [ScriptedImports.Item(ImportPhase.Ready, report) with { Options = options }],
        };
        var import = Render(page, scripted);
        import.WaitForElement("[data-commit]", Patience);

        var name = import
            .FindComponents<MudTextField<string>>()
            .Single(one => one.Instance.Label == "Save this mapping as");
        await import.InvokeAsync(() => name.Instance.ValueChanged.InvokeAsync("our loop"));
        await import.FindAll("button").Single(one => one.TextContent.Trim() == "Save mapping").ClickAsync(new());

        Assert.Equal(["save our loop: --map metrics.sharpe_ratio=s"], scripted.Commands);
    }

    [Fact]
    public async Task Page_DeskMoves_FollowsAndReadsTheSetsAgain()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedImports { Items = [ScriptedImports.Item(ImportPhase.Importing)] };
        var import = Render(page, scripted);
        import.WaitForElement("progress", Patience);

        scripted.Items =
        [
            ScriptedImports.Item(
                ImportPhase.Done,
                ScriptedImports.Report() with
                {
                    SetId = 3,
                },
                message: "1,200 records are kept as data set 3."
            ),
        ];
        scripted.Sets = [Set(3)];
        scripted.Version++;
        page.Clock.Advance(TimeSpan.FromSeconds(1));

        import.WaitForElement("#sets tbody tr", Patience);
        Assert.Contains("kept as data set 3", import.Find(".import-item").TextContent, StringComparison.Ordinal);
        Assert.Equal("/import?set=3", import.Find(".import-item a").GetAttribute("href"));
        Assert.Contains("1,200", import.Find("#sets tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ChosenSet_ShowsFindingsLinksAndDeletesAfterAsking()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedImports { Sets = [Set(3)] };
        Add(page, scripted);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/import?set=3");
        var dialogs = page.Render<MudDialogProvider>();
        var import = page.Render<ImportPage>();
        import.WaitForElement("#set .gate-words", Patience);

        Assert.Equal("Data set 3: history.jsonl", import.Find("h1").TextContent);
        Assert.Equal("set", import.FindAll(".panel")[0].Id);

        Assert.Contains(
            "/comparisons?a=import%3A3%3Bmode%3Djson&b=import%3A3%3Bmode%3Dfull-code",
            import.FindAll("#set a").Select(link => link.GetAttribute("href"))
        );
        Assert.Contains("/replay?data=import%3A3", import.FindAll("#set a").Select(link => link.GetAttribute("href")));
        var deleting = import.Find("#delete-set").ClickAsync(new());
        dialogs.WaitForElement("#confirm-delete", Patience);
        Assert.Empty(scripted.Commands);
        scripted.Sets = [];
        await dialogs.Find("#confirm-delete").ClickAsync(new());
        await deleting;

        Assert.Equal(["delete 3"], scripted.Commands);
        import.WaitForElement("#sets .empty-state", Patience);
    }

    [Fact]
    public async Task Viewer_IsNotShownThePageAndRefused()
    {
        await using var viewer = new PageContext(Roles.Viewer);
        await using var analyst = new PageContext(Roles.Analyst);

        Assert.Empty(viewer.Render<NavMenu>().FindAll("a[href='/import']"));
        Assert.Single(analyst.Render<NavMenu>().FindAll("a[href='/import']"));
        Assert.Contains(
            Roles.Analyst,
            typeof(ImportPage)
                .GetCustomAttributes(typeof(AuthorizeAttribute), inherit: true)
                .Cast<AuthorizeAttribute>()
                .Select(attribute => attribute.Policy)
        );
    }

    private static ImportedSetView Set(int id) =>
        new(
            id,
            "history.jsonl",
            Scripted.Start,
            ScriptedImports.Report(ScriptedImports.Contamination) with
            {
                SetId = id,
            }
        );

    private static void Add(PageContext page, ScriptedImports scripted)
    {
        page.Services.AddSingleton<IImportQueue>(scripted);
        page.Services.AddSingleton<IImportQueries>(scripted);
        page.Services.AddSingleton<IImportCommands>(scripted);
        page.Services.AddSingleton<IHistoryMappings>(new ScriptedMappings());
        page.Services.AddSingleton<ISetSummaries>(new ScriptedSummaries());
        page.Services.AddSingleton(new ImportSettings());
        page.JSInterop.SetupModule("./js/import.js").SetupVoid("attach", _ => true).SetVoidResult();
        page.Render<MudPopoverProvider>();
    }

    private static IRenderedComponent<ImportPage> Render(PageContext page, ScriptedImports scripted)
    {
        Add(page, scripted);
        return page.Render<ImportPage>();
    }
}
