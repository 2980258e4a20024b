using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Promotions;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed class PromotionTests
{
    private static readonly DateTimeOffset Now = Scripted.Start;

    [Fact]
    public async Task Button_GateShut_IsDisabledAndSaysWhy()
    {
        await using var page = new PageContext();

        var button = page.Render<PromoteButton>(p =>
            p.Add(
                b => b.Rollout,
                Scripted.Snapshot(Now, 96).Rollout with
                {
                    WhyNoPromotion = "Gate 3.1: 64 of 100 JSON iterations",
                }
            )
        );

        Assert.True(button.Find("#promote").HasAttribute("disabled"));
        Assert.Equal("promote-why", button.Find("#promote").GetAttribute("aria-describedby"));
        Assert.Contains("64 of 100", button.Find("#promote-why").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Button_Viewer_IsNotThere()
    {
        await using var page = new PageContext(Roles.Viewer);

        var button = page.Render<PromoteButton>(p =>
            p.Add(b => b.Rollout, Scripted.Snapshot(Now, 96).Rollout).Add(b => b.WithOverride, true)
        );

        Assert.Empty(button.FindAll("button"));
    }

    [Theory]
    [InlineData(Roles.Operator, 0)]
    [InlineData(Roles.Administrator, 1)]
    public async Task Button_Override_IsForAdministrators(string role, int expected)
    {
        await using var page = new PageContext(role);

        var button = page.Render<PromoteButton>(p =>
            p.Add(b => b.Rollout, Scripted.Snapshot(Now, 96).Rollout).Add(b => b.WithOverride, true)
        );

        Assert.Equal(expected, button.FindAll("#override").Count);
    }

    [Fact]
    public async Task Dialog_GatePasses_ShowsChangesAndPromotesWhatWasSeen()
    {
        await using var page = new PageContext();
        page.Rollout.Preview = () => Preview(Verdict.Pass);
        page.Rollout.Answer = new CommandResult(true, "Promoted to stage 3.2, Hybrid.");
        var dialogs = await OpenAsync(page, isOverride: false);

        Assert.Contains("json_mode_probability", dialogs.Find(".flag-changes").TextContent, StringComparison.Ordinal);
        await dialogs.Find("#confirm-promotion").ClickAsync(new());

        Assert.Equal(["promote: 7/e1"], page.Rollout.Commands);
        dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "Promoted to stage 3.2",
                dialogs.Find(".command-result").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Empty(dialogs.FindAll("#confirm-promotion"));
    }

    [Fact]
    public async Task Dialog_EvidenceChanged_SaysSoAndShowsTheNewEvidence()
    {
        await using var page = new PageContext();
        page.Rollout.Preview = () => Preview(Verdict.Pass);
        page.Rollout.Answer = new CommandResult(
            false,
            "The evidence has changed since you opened this.",
            LookAgain: true
        );
        var dialogs = await OpenAsync(page, isOverride: false);
        page.Rollout.Preview = () => Preview(Verdict.Pass) with { Evidence = "e2", StateVersion = 8 };

        await dialogs.Find("#confirm-promotion").ClickAsync(new());
        dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "evidence has changed",
                dialogs.Find(".command-result").TextContent,
                StringComparison.Ordinal
            )
        );
        await dialogs.Find("#confirm-promotion").ClickAsync(new());

        Assert.Equal(["promote: 7/e1", "promote: 8/e2"], page.Rollout.Commands);
    }

    // Another tab promoted meanwhile: what is asked now is about the next stage, and so is the title.
    [Fact]
    public async Task Dialog_PromotedInAnotherTab_TitleFollowsTheStage()
    {
        await using var page = new PageContext();
        page.Rollout.Preview = () => Preview(Verdict.Pass);
        page.Rollout.Answer = new CommandResult(false, "Changed meanwhile.", LookAgain: true);
        var dialogs = await OpenAsync(page, isOverride: false);
        dialogs.WaitForAssertion(() =>
            Assert.Equal("Promote to stage 3.2?", dialogs.Find(".dialog-title").TextContent)
        );
        page.Rollout.Preview = () =>
            Preview(Verdict.Pass) with
            {
                From = Stage.Hybrid,
                To = Stage.Primary,
                StateVersion = 8,
            };

        await dialogs.Find("#confirm-promotion").ClickAsync(new());

        dialogs.WaitForAssertion(() =>
            Assert.Equal("Promote to stage 3.3?", dialogs.Find(".dialog-title").TextContent)
        );
        Assert.Contains("Promote to 3.3", dialogs.Find("#confirm-promotion").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_GateShut_OffersNoConfirmation()
    {
        await using var page = new PageContext();
        page.Rollout.Preview = () => Preview(Verdict.Inconclusive);

        var dialogs = await OpenAsync(page, isOverride: false);

        Assert.Empty(dialogs.FindAll("#confirm-promotion"));
        Assert.Contains("64 of 100", dialogs.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_EvidenceCantBeRead_SaysSo()
    {
        await using var page = new PageContext();

        var dialogs = await OpenAsync(page, isOverride: false);

        Assert.Contains(
            "the database does not answer",
            dialogs.Find(".command-result").TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(dialogs.FindAll("#confirm-promotion"));
    }

    [Fact]
    public async Task Dialog_Override_NeedsReasonAndTypedName()
    {
        await using var page = new PageContext(Roles.Administrator);
        page.Rollout.Preview = () => Preview(Verdict.Inconclusive);
        var dialogs = await OpenAsync(page, isOverride: true);

        Assert.True(dialogs.Find("#confirm-promotion").HasAttribute("disabled"));
        await dialogs
            .Find("#override-reason")
            .InputAsync(new ChangeEventArgs { Value = "The board wants 3.2 before the audit." });
        Assert.Contains(
            "Type the rollout's name",
            dialogs.Find("#promote-missing").TextContent,
            StringComparison.Ordinal
        );
        await dialogs.Find("#override-name").InputAsync(new ChangeEventArgs { Value = "Demo rollout" });
        await dialogs.Find("#confirm-promotion").ClickAsync(new());

        Assert.Equal(["override: 7/Demo rollout/The board wants 3.2 before the audit."], page.Rollout.Commands);
    }

    [Fact]
    public async Task ReasonDialog_TooFewWords_SaysHowManyAreMissing()
    {
        await using var page = new PageContext();
        var dialogs = page.Render<MudDialogProvider>();
        var written = "";
        await ShowResumeAsync(page, dialogs, reason => written = reason);

        await dialogs.Find("#written-reason").InputAsync(new ChangeEventArgs { Value = "mended" });
        Assert.True(dialogs.Find("#confirm-reason").HasAttribute("disabled"));
        Assert.Contains("6 of 20", dialogs.Find("#reason-missing").TextContent, StringComparison.Ordinal);
        await dialogs
            .Find("#written-reason")
            .InputAsync(new ChangeEventArgs { Value = "The provider was mended and checked." });
        await dialogs.Find("#confirm-reason").ClickAsync(new());

        Assert.Equal("The provider was mended and checked.", written);
        dialogs.WaitForAssertion(() =>
            Assert.Contains("Resumed.", dialogs.Find(".command-result").TextContent, StringComparison.Ordinal)
        );
    }

    private static Task ShowResumeAsync(
        PageContext page,
        IRenderedComponent<MudDialogProvider> dialogs,
        Action<string> resume
    ) =>
        dialogs.InvokeAsync(() =>
            page
                .Services.GetRequiredService<IDialogService>()
                .ShowAsync<ReasonDialog>(
                    "Resume?",
                    new DialogParameters<ReasonDialog>
                    {
                        { one => one.Title, "Resume stage 3.1?" },
                        { one => one.Effects, ["JSON mode goes on again."] },
                        { one => one.Label, "Cause" },
                        { one => one.Confirm, "Resume now" },
                        {
                            one => one.Command,
                            (reason, _, _) =>
                            {
                                resume(reason);
                                return Task.FromResult(new CommandResult(true, "Resumed."));
                            }
                        },
                    }
                )
        );

    private static async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(PageContext page, bool isOverride)
    {
        var dialogs = page.Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() =>
            page
                .Services.GetRequiredService<IDialogService>()
                .ShowAsync<PromoteDialog>(
                    "Promote?",
                    new DialogParameters<PromoteDialog> { { dialog => dialog.Override, isOverride } }
                )
        );
        dialogs.WaitForElement(".dialog-part, .command-result");
        return dialogs;
    }

    private static PromotionPreview Preview(Verdict verdict)
    {
        var criterion = new CriterionResult(
            "json-iterations",
            "JSON iterations",
            verdict,
            ">= 100",
            verdict == Verdict.Pass ? "110" : "64",
            verdict == Verdict.Pass ? 110 : 64,
            100,
            null,
            64,
            null,
            null,
            null,
            36,
            "Counted."
        );
        return new PromotionPreview(
            "Demo rollout",
            Stage.TemplateLibraryOnly,
            Stage.Hybrid,
            7,
            "e1",
            1,
            [new FlagChange("json_mode_probability", "none", "0.5")],
            new GateReport(
                Stage.TemplateLibraryOnly,
                verdict,
                Recommendation.CollectMore,
                "Gate 3.1.",
                null,
                [criterion],
                1,
                Now
            ),
            null,
            null
        );
    }
}
