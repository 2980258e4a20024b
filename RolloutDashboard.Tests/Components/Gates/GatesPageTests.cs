using Bunit;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Gates;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Gates;

public sealed class GatesPageTests
{
    private const string Target = "[id='3.1/json-success/target']";

    [Fact]
    public async Task Gates_Viewer_SeesNumbersAndHistoryButNoEdit()
    {
        await using var page = new PageContext(Roles.Viewer);
        page.Rollout.Gates = View;

        var gates = page.Render<GatesPage>();

        Assert.Contains("80 %", gates.Find("#gates-in-force").TextContent, StringComparison.Ordinal);
        Assert.Contains("The plan's gates.", gates.Find("#gate-versions").TextContent, StringComparison.Ordinal);
        Assert.Empty(gates.FindAll("#edit-gates"));
        Assert.Empty(gates.FindAll("#gates-in-force input"));
    }

    [Fact]
    public async Task Gates_ReadFails_SaysSoAndTriesAgain()
    {
        await using var page = new PageContext();
        var gates = page.Render<GatesPage>();
        Assert.Contains(
            "the database does not answer",
            gates.Find(".empty-state").TextContent,
            StringComparison.Ordinal
        );

        // Set and clicked in one turn of the renderer: the feed's own look must not come between.
        await gates.InvokeAsync(() =>
        {
            var again = gates.Find(".empty-state button");
            page.Rollout.Gates = View;
            again.Click();
        });

        gates.WaitForElement("#gates-in-force");
    }

    [Fact]
    public async Task Gates_Edit_ShowsTheEffectBeforeItCanBeSaved()
    {
        await using var page = Administrator();
        page.Rollout.TryGates = texts =>
        {
            var edited = GateFields.Apply(GateDefinition.Default, texts).Edited!;
            return new GateEditPreview(
                [],
                GateFields.Between(GateDefinition.Default, edited),
                Report(1, Verdict.Pass),
                Report(2, Verdict.Fail),
                [],
                [new GateReplayLine(Stage.TemplateLibraryOnly, 1, "Gate 3.1 passes", 140)]
            );
        };
        var gates = page.Render<GatesPage>();
        await gates.Find("#edit-gates").ClickAsync(new());
        Assert.True(gates.Find("#check-gates").HasAttribute("disabled"));
        await gates.Find(Target).ChangeAsync(new() { Value = "90" });
        Assert.Empty(gates.FindAll("#save-gates"));
        await gates.Find("#check-gates").ClickAsync(new());
        Assert.Contains("80 %", gates.Find("#gate-preview").TextContent, StringComparison.Ordinal);
        Assert.Contains("at iteration 140", gates.Find("#gate-preview").TextContent, StringComparison.Ordinal);
        Assert.True(gates.Find("#save-gates").HasAttribute("disabled"));

        await gates.Find("#gates-reason").InputAsync(new() { Value = "The board asks for more than the plan." });
        await gates.Find("#gate-preview form").SubmitAsync();

        Assert.Equal(
            "gates: 7/3.1/json-success/target=90/The board asks for more than the plan.",
            page.Rollout.Commands[^1]
        );
        Assert.Empty(gates.FindAll("#gate-preview"));
    }

    [Fact]
    public async Task Gates_WrongNumber_SaysSoAtTheField()
    {
        await using var page = Administrator();
        page.Rollout.TryGates = texts => new GateEditPreview(
            GateFields.Apply(GateDefinition.Default, texts).Errors,
            [],
            null,
            null,
            [],
            []
        );
        var gates = page.Render<GatesPage>();
        await gates.Find("#edit-gates").ClickAsync(new());
        await gates.Find(Target).ChangeAsync(new() { Value = "many" });

        await gates.Find("#check-gates").ClickAsync(new());

        Assert.Equal("true", gates.Find(Target).GetAttribute("aria-invalid"));
        Assert.Contains(
            "give a number from 0 to 100 %",
            gates.Find(".field-error").TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(gates.FindAll("#save-gates"));
    }

    [Fact]
    public async Task Gates_ServerRefuses_KeepsWhatWasWritten()
    {
        await using var page = Administrator();
        page.Rollout.Answer = new CommandResult(false, "The rollout has changed meanwhile.");
        page.Rollout.TryGates = texts => new GateEditPreview(
            [],
            GateFields.Between(GateDefinition.Default, GateFields.Apply(GateDefinition.Default, texts).Edited!),
            Report(1, Verdict.Fail),
            Report(2, Verdict.Pass),
            [],
            []
        );
        var gates = page.Render<GatesPage>();
        await gates.Find("#edit-gates").ClickAsync(new());
        await gates.Find(Target).ChangeAsync(new() { Value = "70" });
        await gates.Find("#check-gates").ClickAsync(new());
        Assert.Contains("proves nothing", gates.Find("#gate-preview").TextContent, StringComparison.Ordinal);
        await gates.Find("#gates-reason").InputAsync(new() { Value = "The plan's target was a typing error." });

        await gates.Find("#gate-preview form").SubmitAsync();

        Assert.Contains(
            "changed meanwhile",
            gates.Find("[role='status'].loop-answer").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("70", gates.Find(Target).GetAttribute("value"));
    }

    private static PageContext Administrator()
    {
        var page = new PageContext(Roles.Administrator);
        page.Rollout.Gates = View;
        return page;
    }

    private static GatesView View() =>
        new(
            7,
            Stage.TemplateLibraryOnly,
            GateDefinition.Default,
            [new GateVersionView(1, Scripted.Start, "system", "The plan's gates.", [])]
        );

    private static GateReport Report(int version, Verdict verdict) =>
        new(
            Stage.TemplateLibraryOnly,
            verdict,
            Recommendation.CollectMore,
            $"Gate 3.1: {verdict}.",
            null,
            [
                new CriterionResult(
                    "json-success",
                    "JSON success rate",
                    verdict,
                    "",
                    "",
                    null,
                    null,
                    null,
                    100,
                    null,
                    null,
                    null,
                    null,
                    ""
                ),
            ],
            version,
            Scripted.Start
        );
}
