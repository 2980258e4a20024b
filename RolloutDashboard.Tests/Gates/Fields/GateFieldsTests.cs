using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Gates.Fields;

public sealed class GateFieldsTests
{
    [Fact]
    public void Of_PlansGates_ShowsTheNumbersOfThePlan()
    {
        var fields = GateFields.Of(GateDefinition.Default).ToDictionary(field => field.Path, field => field.Shown);

        Assert.Equal("80 %", fields["3.1/json-success/target"]);
        Assert.Equal("100", fields["3.1/json-success/samples"]);
        Assert.Equal("3", fields["3.2/success-ratio/target"]);
        Assert.Equal("99.5 %", fields["3.4/uptime/target"]);
        Assert.Equal("1000", fields["3.4/iterations/target"]);
        Assert.Equal("3.5 of 5", fields["3.3/feedback/target"]);
        Assert.Equal("2", fields["all/halt-ratio"]);
    }

    [Fact]
    public void Of_EveryTargetOfThePlan_MayBeEdited()
    {
        var targets = GateDefinition.Default.Stages.SelectMany(gate =>
            gate.Criteria.Where(criterion => criterion.Target is not null)
                .Select(criterion => $"{gate.Stage.Number()}/{criterion.Key}/target")
        );

        Assert.Empty(targets.Except(GateFields.Of(GateDefinition.Default).Select(field => field.Path)));
    }

    [Fact]
    public void Apply_WhatIsShown_ChangesNothing()
    {
        var (edited, errors) = GateFields.Apply(
            GateDefinition.Default,
            GateFields.Of(GateDefinition.Default).ToDictionary(field => field.Path, field => field.Text)
        );

        Assert.Empty(errors);
        Assert.Empty(GateFields.Between(GateDefinition.Default, edited!));
    }

    [Fact]
    public void Apply_Edits_ChangesThoseAlone()
    {
        var (edited, _) = GateFields.Apply(
            GateDefinition.Default,
            new Dictionary<string, string>
            {
                ["3.1/json-success/target"] = "85",
                ["3.1/json-success/samples"] = "150",
                ["all/feedback-people"] = "7",
            }
        );

        var changes = GateFields.Between(GateDefinition.Default, edited!);
        Assert.Equal(
            [
                "3.1 JSON success rate: 80 % -> 85 %",
                "3.1 JSON success rate, minimum samples: 100 -> 150",
                "People who must have given feedback: 5 people -> 7 people",
            ],
            changes.Select(change => $"{change.Label}: {change.Before} -> {change.After}")
        );
        var criterion = edited!.Stages[0].Criteria.Single(one => one.Key == JsonSuccessCriterion.Key);
        Assert.Equal((0.85, 150), (criterion.Target, criterion.MinimumSamples));
        Assert.Equal(
            GateDefinition.Default.Stages.SelectMany(gate =>
                gate.Criteria.Select(one => (gate.Stage, one.Key, one.Enabled))
            ),
            edited.Stages.SelectMany(gate => gate.Criteria.Select(one => (gate.Stage, one.Key, one.Enabled)))
        );
    }

    [Theory]
    [InlineData("3.1/json-success/target", "101", "from 0 to 100 %")]
    [InlineData("3.1/json-success/target", "NaN", "give a number")]
    [InlineData("3.1/json-success/target", "", "give a number")]
    [InlineData("3.1/json-success/samples", "19", "whole number from 20")]
    [InlineData("3.1/json-iterations/target", "100.5", "whole number")]
    [InlineData("3.2/success-ratio/target", "0.5", "from 1 to 100")]
    [InlineData("3.2/success-ratio/target", "1.5", "contradicts")]
    [InlineData("all/halt-ratio", "4", "contradicts")]
    [InlineData("3.1/no-crash/target", "1", "no such number")]
    [InlineData("3.9/json-success/target", "80", "no such number")]
    public void Apply_Wrong_SaysWhereAndWhatWillDo(string path, string text, string words)
    {
        var (edited, errors) = GateFields.Apply(
            GateDefinition.Default,
            new Dictionary<string, string> { [path] = text }
        );

        Assert.Null(edited);
        Assert.Contains(words, Assert.Single(errors).Message);
    }
}
