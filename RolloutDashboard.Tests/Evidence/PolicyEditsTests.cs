using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence;

public sealed class PolicyEditsTests
{
    public static TheoryData<string, string> Unusable { get; } =
        new()
        {
            {
                "latest=-5",
                "'latest=-5' (JSON iterations of the second window): '-5' will not do; give a whole number from 1 to 10000."
            },
            { "latest=0", "whole number from 1 to 10000" },
            { "latest=2.5", "whole number from 1 to 10000" },
            { "window-minimum=1e9", "whole number from 1 to 10000" },
            { "success-warning=70", "give a number from 0 to 1" },
            { "success-critical=-0.1", "give a number from 0 to 1" },
            { "error-rate=NaN", "give a number from 0 to 1" },
            { "error-rate=Infinity", "give a number from 0 to 1" },
            { "mean-sharpe=1e160", "give a number from -10 to 10" },
            { "mean-sharpe=", "changes nothing" },
            { "mean-sharpe", "changes nothing" },
            { "nonsense=1", "names no threshold; there is success-warning" },
            {
                "3.1/json-success=80",
                "the target: '80' will not do; give a number from 0 to 1 as a share, 0.85 for 85 %."
            },
            { "3.1/json-success=0.85@5", "the minimum samples: '5' will not do; give a whole number from 20" },
            { "3.1/json-success=0.85@", "the minimum samples: '' will not do" },
            { "3.1/json-success=0.85@-20", "the minimum samples: '-20' will not do" },
            { "3.1/json-iterations=10.5", "give a whole number from 20" },
            { "3.1/json-iterations=100@50", "this criterion has no minimum; leave it out." },
            { "3.2/success-ratio=0", "give a number from 1 to 100" },
            { "3.2/success-ratio=1.5", "contradicts a target of 1.5" },
            { "3.1/no-crash=1", "this criterion has no number; it can only be off." },
            { "3.1/feedback=3", "names no criterion of gate 3.1" },
            { "3.9/json-success=0.8", "names no gate; there is 3.1, 3.2, 3.3, 3.4." },
            { "latest=30;latest=40", "'latest' is given twice" },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Apply_ValueThatWillNotDo_SaysWhereAndWhatWill(string text, string words)
    {
        var (gates, thresholds, errors) = PolicyEdits.Apply(GateDefinition.Default, new AlertThresholds(), text);

        Assert.Contains(words, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(GateFields.Between(GateDefinition.Default, gates));
        Assert.Equal(
            text.StartsWith("latest=30;", StringComparison.Ordinal) ? 30 : new AlertThresholds().Latest,
            thresholds.Latest
        );
    }

    [Fact]
    public void Apply_EveryKindOfEdit_ChangesThatAlone()
    {
        var (gates, thresholds, errors) = PolicyEdits.Apply(
            GateDefinition.Default,
            new AlertThresholds(),
            " 3.1/json-success = 0.85@120 ;3.4/feedback=off;success-critical=0.45;latest=40;3.3/feedback=4@0"
        );

        Assert.Empty(errors);
        Assert.Equal(
            ["3.1/json-success/target", "3.1/json-success/samples", "3.3/feedback/target"],
            GateFields.Between(GateDefinition.Default, gates).Select(change => change.Path)
        );
        Assert.False(
            gates
                .Stages.Single(gate => gate.Stage == Stage.FullProduction)
                .Criteria.Single(criterion => criterion.Key == FeedbackCriterion.Key)
                .Enabled
        );
        Assert.Equal(
            new AlertThresholds()
                .With(SuccessCriticalRule.Limit, 0.45)
                .With(AlertRuleList.Thresholds.Single(threshold => threshold.EditKey == "latest"), 40),
            thresholds
        );
        Assert.NotEqual(new AlertThresholds(), thresholds);
    }

    [Fact]
    public void Apply_WhatTheEditorWrites_IsTaken()
    {
        var texts = GateDefinition.Default.Stages.SelectMany(gate =>
            gate.Criteria.Where(criterion => criterion.Target is not null)
                .Select(criterion =>
                    FormattableString.Invariant(
                        $"{gate.Stage.Number()}/{criterion.Key}={criterion.Target}@{criterion.MinimumSamples}"
                    )
                )
        );

        Assert.All(texts, text =>
            Assert.Empty(PolicyEdits.Apply(GateDefinition.Default, new AlertThresholds(), text).Errors)
        );
        Assert.All(PolicyEdits.EditableThresholds, threshold =>
            Assert.Empty(
                PolicyEdits
                    .Apply(
                        GateDefinition.Default,
                        new AlertThresholds(),
                        FormattableString.Invariant($"{threshold.Key}={threshold.Read(new AlertThresholds())}")
                    )
                    .Errors
            )
        );
    }
}
