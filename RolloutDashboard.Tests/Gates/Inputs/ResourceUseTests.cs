using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Gates.Inputs;

public sealed class ResourceUseTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(500, 1.0, Verdict.Pass)]
    [InlineData(500, null, Verdict.NotMeasured)]
    [InlineData(500, 16.0, Verdict.Fail)]
    [InlineData(5000, null, Verdict.Fail)]
    public void Evaluate_ResourceUse_PassesOnlyWhenAllIsMeasured(
        double megabytes,
        double? queueMinutes,
        Verdict expected
    )
    {
        var inputs = new GateInputs
        {
            Stage = Stage.Primary,
            Now = Start.AddDays(20),
            AttemptStartedAt = Start,
            Rows = [],
            Facts = new MonitoringFacts
            {
                Resources = new ResourceUse(
                    megabytes,
                    0.2,
                    20,
                    queueMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null
                ),
            },
        };

        var report = GateEvaluator.Evaluate(GateDefinition.Default, inputs);

        Assert.Equal(expected, report.Criteria.Single(criterion => criterion.Key == ResourceUseCriterion.Key).Verdict);
    }
}
