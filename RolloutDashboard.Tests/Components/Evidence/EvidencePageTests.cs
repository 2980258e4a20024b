using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Evidence;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Evidence;

public sealed class EvidencePageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Page_OpenFindings_ShowWeightSentenceNumbersAndLinks()
    {
        await using var page = new PageContext();
        With(page, new ScriptedEvidence());

        var evidence = page.Render<EvidencePage>();
        evidence.WaitForElement(".finding", Patience);

        var first = evidence.Find(".finding");
        Assert.Contains("Blocking", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("60 JSON strategies are only 9 different ones.", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("largest share", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/iterations/4", "/iterations/8", "/iterations/12"],
            first.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!)
        );
        Assert.Contains("2, 1 blocks promotion", evidence.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Viewer_GetsNoDismissButton()
    {
        await using var page = new PageContext(Roles.Viewer);
        With(page, new ScriptedEvidence());

        var evidence = page.Render<EvidencePage>();
        evidence.WaitForElement(".finding", Patience);

        Assert.Empty(evidence.FindAll(".finding button"));
    }

    [Fact]
    public async Task Page_NothingFound_SaysWhatWasLookedAt()
    {
        await using var page = new PageContext();
        With(page, new ScriptedEvidence { View = ScriptedEvidence.Nothing });

        var evidence = page.Render<EvidencePage>();
        evidence.WaitForElement(".empty-state", Patience);

        Assert.Contains("looked at 120 iterations and found nothing", evidence.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode-collapse: InvalidOperationException, broken", false, "a check could not run (mode-collapse")]
    [InlineData(null, true, "have not run for 15 minutes")]
    public async Task Page_RunWithoutAnAnswer_SaysThatTheGateStaysShut(string? fault, bool old, string words)
    {
        await using var page = new PageContext();
        var run = ScriptedEvidence.Nothing.Run! with { Fault = fault, IsOld = old };
        With(page, new ScriptedEvidence { View = ScriptedEvidence.Nothing with { Run = run } });

        var evidence = page.Render<EvidencePage>();
        evidence.WaitForElement(".notice", Patience);

        Assert.Contains("The gate stays shut", evidence.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains(words, evidence.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ReportOfTheAttempt_IsShownAsTablesNotAsMarkdown()
    {
        await using var page = new PageContext();
        CheckedIteration[] rows =
        [
            .. Enumerable
                .Range(1, 40)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = GenerationMode.Json,
                    Level = SuccessLevel.Profitable,
                    Fingerprint = $"f{number}",
                }),
        ];
        var report = new ReportView(
            7,
            Scripted.Start,
            "ann",
            new string('a', 64),
            CompareSets.Of("JSON", rows, "full code", rows)
        );
        With(page, new ScriptedEvidence { View = ScriptedEvidence.Nothing with { Report = report } });

        var evidence = page.Render<EvidencePage>();
        evidence.WaitForElement("#comparison table.compared", Patience);

        var panel = evidence.Find("#comparison");
        Assert.DoesNotContain("|---|", panel.TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.QuerySelectorAll("pre"));
        Assert.Equal("/comparisons/7", panel.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Dialog_ShortReason_WaitsAndLongOneIsSent()
    {
        await using var page = new PageContext();
        var scripted = new ScriptedEvidence();
        With(page, scripted);
        var provider = page.Render<MudDialogProvider>();
        await provider.InvokeAsync(() =>
            page
                .Services.GetRequiredService<IDialogService>()
                .ShowAsync<DismissFindingDialog>(
                    "Dismiss",
                    new DialogParameters<DismissFindingDialog>
                    {
                        { shown => shown.Finding, ScriptedEvidence.Finding(7, FindingSeverity.Blocking) },
                    }
                )
        );

        await provider.Find("#dismiss-reason").InputAsync("too short");
        Assert.True(provider.Find("#confirm-dismiss").HasAttribute("disabled"));
        Assert.Contains("11 characters to go", provider.Markup, StringComparison.Ordinal);

        await provider.Find("#dismiss-reason").InputAsync("The demo repeats this on purpose.");
        await provider.Find("#confirm-dismiss").ClickAsync(new());

        provider.WaitForElement(".command-result[data-succeeded=true]", Patience);
        Assert.Equal(["7 Blocking: The demo repeats this on purpose."], scripted.Commands);
    }

    private static void With(PageContext page, ScriptedEvidence evidence)
    {
        page.Services.AddSingleton<IEvidenceQueries>(evidence);
        page.Services.AddSingleton<IEvidenceCommands>(evidence);
    }
}
