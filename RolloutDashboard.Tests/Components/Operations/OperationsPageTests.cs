using Bunit;
using RolloutDashboard.Components.Configuration;
using RolloutDashboard.Components.Operations;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Operations;

public sealed class OperationsPageTests
{
    private static readonly DateTimeOffset Now = Scripted.Start;

    [Fact]
    public async Task Operations_CantBeRead_SaysSo()
    {
        await using var context = new PageContext();

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() =>
            Assert.Contains("the database does not answer", page.Markup, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Operations_RolledBackWithoutValidation_ResumeSaysWhatIsMissing()
    {
        await using var context = new PageContext();
        context.Rollout.Next = Scripted.RolledBack;
        context.Rollout.Operations = () =>
            View(
                RolloutPhase.RolledBack,
                "Needs a passed staging validation of stage 3.1's configuration since the rollback."
            );

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() => Assert.True(page.Find("#resume-button").HasAttribute("disabled")));
        Assert.Contains(
            "Needs a passed staging validation",
            page.Find("#resume-why").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Operations_RunGoingOn_ShowsProgressAndOffersCancel()
    {
        await using var context = new PageContext();
        context.Rollout.Operations = () =>
            View(
                RolloutPhase.Active,
                "not rolled back",
                new StagingView(
                    1,
                    StagingPurpose.Promotion,
                    Stage.Hybrid,
                    2,
                    20,
                    7,
                    4,
                    3,
                    StagingState.Running,
                    Now,
                    null,
                    "olga",
                    null
                )
            );

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() =>
            Assert.Contains("7 of 20", page.Find(".staging-progress").TextContent, StringComparison.Ordinal)
        );
        await page.Find("#cancel-staging").ClickAsync(new());
        Assert.Equal(["cancel-validation"], context.Rollout.Commands);
    }

    [Fact]
    public async Task Operations_Viewer_HasNoButtons()
    {
        await using var context = new PageContext(Roles.Viewer);
        context.Rollout.Operations = () => View(RolloutPhase.Halted, "not rolled back");

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() => Assert.Contains("promotion is locked", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#start-staging, #resolve-halt, #promote, #resume-button"));
    }

    [Theory]
    [InlineData(Roles.Operator, 0)]
    [InlineData(Roles.Administrator, 1)]
    public async Task Configuration_EditForm_IsForAdministrators(string role, int expected)
    {
        await using var context = new PageContext(role);
        var version = new ConfigurationView(
            1,
            RolloutEnvironment.Production,
            Stage.TemplateLibraryOnly,
            true,
            Now,
            "system",
            "First.",
            null,
            StageConfiguration.For(Stage.TemplateLibraryOnly),
            []
        );
        context.Rollout.Configurations = () => new ConfigurationsView(3, Stage.TemplateLibraryOnly, version, [version]);

        var page = context.Render<ConfigurationPage>();

        page.WaitForAssertion(() =>
            Assert.Contains("In force: configuration 1", page.Markup, StringComparison.Ordinal)
        );
        Assert.Equal(expected, page.FindAll("#change-flag").Count);
    }

    [Fact]
    public async Task Operations_GradualGoingOn_ShowsItsStepsAndOffersToEndIt()
    {
        await using var context = new PageContext();
        context.Rollout.Operations = () =>
            View(RolloutPhase.Active, "not rolled back") with
            {
                Gradual = new ProcedureView(
                    Procedure.Gradual,
                    ProcedureState.Running,
                    "olga",
                    "Success is falling.",
                    Now,
                    0.5,
                    Now.AddMinutes(25),
                    null,
                    null,
                    null,
                    null,
                    TimeSpan.FromHours(1),
                    [
                        new ProcedureStep("Share to 50 %", "done", Now, "json_mode_probability went from 0.8 to 0.5."),
                        new ProcedureStep("Watch at 50 %", "running", null, "Watching: 9 of 14."),
                    ]
                ),
            };

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() =>
            Assert.Contains("going on", page.Find("#gradual").TextContent, StringComparison.Ordinal)
        );
        Assert.Contains("Watching: 9 of 14.", page.Find("#gradual").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("#end-gradual"));
        Assert.Empty(page.FindAll("#start-gradual"));
    }

    [Fact]
    public async Task Operations_GradualAndDrillNotPossible_SayWhy()
    {
        await using var context = new PageContext();
        context.Rollout.Operations = () =>
            View(RolloutPhase.Active, "not rolled back") with
            {
                WhyNoGradual = "Stage 3.1 assigns by source.",
                WhyNoDrill = "A validation run is going on.",
            };

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() => Assert.True(page.Find("#start-gradual").HasAttribute("disabled")));
        Assert.Contains("assigns by source", page.Find("#gradual-why").TextContent, StringComparison.Ordinal);
        Assert.Contains("A validation run", page.Find("#drill-why").TextContent, StringComparison.Ordinal);
        Assert.Contains("No drill has passed yet", page.Find("#drill").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_Drill_IsOneClickAndShowsWhenTheLastOnePassed()
    {
        await using var context = new PageContext();
        var passed = new ProcedureView(
            Procedure.Drill,
            ProcedureState.Succeeded,
            "olga",
            "Drill.",
            Now,
            null,
            null,
            TimeSpan.FromMilliseconds(420),
            TimeSpan.FromSeconds(31),
            Now.AddMinutes(1),
            "Passed.",
            TimeSpan.FromMinutes(5),
            []
        );
        context.Rollout.Operations = () =>
            View(RolloutPhase.Active, "not rolled back") with
            {
                Drill = passed,
                LastPassedDrill = passed,
            };
        var page = context.Render<OperationsPage>();
        page.WaitForAssertion(() =>
            Assert.Contains("Last passed", page.Find("#drill").TextContent, StringComparison.Ordinal)
        );

        await page.Find("#start-drill").ClickAsync(new());

        Assert.Equal(["drill"], context.Rollout.Commands);
    }

    [Fact]
    public async Task Operations_HaltOpenWhileRolledBack_CanStillBeResolved()
    {
        await using var context = new PageContext();
        context.Rollout.Next = Scripted.RolledBack;
        context.Rollout.Operations = () =>
            View(RolloutPhase.RolledBack, "Needs a validation.") with
            {
                OpenHalt = "The ratio was 1.1.",
            };

        var page = context.Render<OperationsPage>();

        page.WaitForAssertion(() =>
            Assert.Contains("The ratio was 1.1.", page.Find("#halt").TextContent, StringComparison.Ordinal)
        );
        Assert.NotEmpty(page.FindAll("#resolve-halt"));
    }

    internal static OperationsView View(RolloutPhase phase, string? whyNotResume, params StagingView[] runs) =>
        new(
            "Demo rollout",
            3,
            phase,
            "because",
            Stage.TemplateLibraryOnly,
            1,
            phase == RolloutPhase.RolledBack ? Stage.TemplateLibraryOnly : Stage.Hybrid,
            phase == RolloutPhase.RolledBack ? StagingPurpose.Resume : StagingPurpose.Promotion,
            runs.Length > 0 ? "A validation run is going on already." : null,
            runs,
            new ResumeReadiness(whyNotResume, null)
        );
}
