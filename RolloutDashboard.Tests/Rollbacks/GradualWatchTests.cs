using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Rollbacks;

public sealed class GradualWatchTests
{
    [Theory]
    [InlineData(0, 0, 0, GradualFinding.KeepWatching)]
    [InlineData(19, 19, 0, GradualFinding.KeepWatching)]
    [InlineData(15, 20, 0, GradualFinding.Recovered)]
    [InlineData(14, 20, 0, GradualFinding.KeepWatching)]
    [InlineData(10, 20, 0, GradualFinding.KeepWatching)]
    [InlineData(20, 30, 0, GradualFinding.GoOn)]
    [InlineData(21, 30, 0, GradualFinding.KeepWatching)]
    [InlineData(21, 30, 25, GradualFinding.GoOn)]
    [InlineData(0, 0, 25, GradualFinding.GoOn)]
    public void Of_SuccessesAndTime_SaysWhatIsDue(int successes, int n, int minutes, GradualFinding expected)
    {
        var rows = Enumerable
            .Range(1, n)
            .Select(number => new EvidenceRow
            {
                Number = number,
                AssignedMode = GenerationMode.Json,
                Status = IterationStatus.Finished,
                Level = number <= successes ? SuccessLevel.Profitable : SuccessLevel.Measured,
                StartedAt = DateTimeOffset.UnixEpoch,
            });

        Assert.Equal(expected, GradualWatch.Of(rows, TimeSpan.FromMinutes(minutes)).Finding);
    }

    [Theory]
    [InlineData(0.95, 0.5)]
    [InlineData(0.8, 0.5)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.2, null)]
    public void NextBelow_Share_IsTheNextStep(double share, double? next) =>
        Assert.Equal(next, GradualWatch.NextBelow(share));

    [Fact]
    public void Longest_BothShares_StaysWithinTheBudget() =>
        Assert.True(GradualWatch.Shares.Count * GradualWatch.Longest < GradualWatch.Budget);
}
