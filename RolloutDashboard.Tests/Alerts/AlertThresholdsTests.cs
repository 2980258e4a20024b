using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Tests.Alerts;

public sealed class AlertThresholdsTests
{
    // As assessments have kept them since the first version.
    private const string Kept = """
        {
            "SuccessWarning": 0.7, "SuccessCritical": 0.5, "ErrorRate": 0.1, "CacheHitRate": 0.9, "MeanSharpe": 0.15,
            "RecoveryMargin": 0.05, "SharpeRecoveryMargin": 0.05, "Window": "1.00:00:00", "WindowMinimum": 20,
            "Latest": 30, "Idle": "00:15:00", "ProviderFailures": 3, "PendingTime": "00:01:00",
            "ShareSignificance": 0.001
        }
        """;

    [Fact]
    public void Json_OfThoseInForce_IsAsItEverWas()
    {
        var kept = JsonSerializer.SerializeToNode(AlertThresholds.InForce, GateInputSnapshot.Json);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Kept), kept), kept?.ToJsonString());
    }

    [Fact]
    public void Json_OfOtherValues_IsReadAgain()
    {
        var thresholds = AlertRuleList.Thresholds.Aggregate(AlertThresholds.InForce, (values, threshold) =>
            values.With(threshold, threshold.Default + 1)
        );

        var text = JsonSerializer.Serialize(thresholds, GateInputSnapshot.Json);

        Assert.Equal(thresholds, JsonSerializer.Deserialize<AlertThresholds>(text, GateInputSnapshot.Json));
        Assert.Contains("\"Idle\":\"00:16:00\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ThresholdAddedLater_HasItsDefault()
    {
        var kept = JsonSerializer.Deserialize<AlertThresholds>(
            """{"SuccessCritical":0.4,"TakenAwaySince":7}""",
            GateInputSnapshot.Json
        );

        Assert.Equal(AlertThresholds.InForce.With(SuccessCriticalRule.Limit, 0.4), kept);
    }

    [Fact]
    public void Thresholds_EachDefault_LiesInItsRangeUnderANameOfItsOwn()
    {
        Assert.All(AlertRuleList.Thresholds, threshold =>
            Assert.Null(threshold.Range.ReadKept(FormattableString.Invariant($"{threshold.Default}")).Error)
        );
        Assert.Distinct(AlertRuleList.Thresholds.Select(threshold => threshold.Name));
        Assert.Distinct(AlertRuleList.Thresholds.Select(threshold => threshold.EditKey).OfType<string>());
    }

    [Fact]
    public void With_TheDefaultAgain_IsEqualToTheFirst()
    {
        var other = AlertThresholds.InForce.With(SuccessCriticalRule.Limit, 0.4);

        Assert.NotEqual(AlertThresholds.InForce, other);
        Assert.Equal(0.4, other[SuccessCriticalRule.Limit]);
        Assert.Equal(AlertThresholds.InForce, other.With(SuccessCriticalRule.Limit, 0.5));
        Assert.Equal(AlertThresholds.InForce.GetHashCode(), other.With(SuccessCriticalRule.Limit, 0.5).GetHashCode());
    }
}
