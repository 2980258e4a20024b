using RolloutDashboard.Core.Evidence.SameMode;
using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Tests.Evidence;

public sealed class AaCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AllocationKind.Blocks)]
    [InlineData(AllocationKind.Hash)]
    public async Task Execute_ArmsThatAreTheSame_KeepsEveryPromise(AllocationKind allocation)
    {
        var report = await RunAaCheck.ExecuteAsync(new AaSettings(Runs: 60, Iterations: 120, Allocation: allocation), null, Token);

        Assert.All(report.Claims, claim => Assert.True(claim.Keeps, $"{claim.Name}: {claim.Found} of {claim.Runs}"));
        Assert.Equal(60, report.Findings.Single(finding => finding.Code == "arm-contamination").Runs);
        Assert.All(report.Findings.Where(finding => !finding.IsExpected), finding => Assert.True(finding.Runs <= 3, $"{finding.Code} in {finding.Runs} healthy runs"));
    }

    [Fact]
    public async Task Execute_SameSeed_GivesTheSameReport()
    {
        var settings = new AaSettings(Runs: 5, Iterations: 60);

        var (first, second) = (await RunAaCheck.ExecuteAsync(settings, null, Token), await RunAaCheck.ExecuteAsync(settings, null, Token));

        Assert.Equal(first.Claims, second.Claims);
    }

    [Fact]
    public void Claim_FoundFarTooOften_DoesNotKeepItsPromise()
    {
        Assert.False(new AaClaim("x", 0.05, 150, 2000).Keeps);
        Assert.True(new AaClaim("x", 0.05, 105, 2000).Keeps);
    }
}
