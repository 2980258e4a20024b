using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evidence.AaTest;

public sealed class AaCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AllocationKind.Blocks)]
    [InlineData(AllocationKind.Hash)]
    public async Task Execute_ArmsThatAreTheSame_KeepsEveryPromise(AllocationKind allocation)
    {
        var report = await RunAaCheck.ExecuteAsync(
            TestEngine.Provider,
            new AaSettings(Runs: 60, Iterations: 120, Allocation: allocation),
            null,
            Token
        );

        Assert.All(report.Claims, claim => Assert.True(claim.Keeps, $"{claim.Name}: {claim.Found} of {claim.Runs}"));
        Assert.Equal(60, report.Findings.Single(finding => finding.Code == "arm-contamination").Runs);
        Assert.All(report.Findings.Where(finding => !finding.IsExpected), finding =>
            Assert.True(finding.Runs <= 3, $"{finding.Code} in {finding.Runs} healthy runs")
        );
    }

    [Fact]
    public async Task Execute_SameSeed_GivesTheSameReport()
    {
        var settings = new AaSettings(Runs: 5, Iterations: 60);

        var (first, second) = (
            await RunAaCheck.ExecuteAsync(TestEngine.Provider, settings, null, Token),
            await RunAaCheck.ExecuteAsync(TestEngine.Provider, settings, null, Token)
        );

        Assert.Equal(first.Claims, second.Claims);
    }

    [Fact]
    public void Claim_FoundFarTooOften_DoesNotKeepItsPromise()
    {
        Assert.False(new AaClaim("x", 0.05, 150, 2000).Keeps);
        Assert.True(new AaClaim("x", 0.05, 105, 2000).Keeps);
    }

    /// <summary>Limits by scipy: the smallest k with binom.sf(k - 1, runs, promised) at most 0.05 / together.</summary>
    [Theory]
    [InlineData(200, 0.05, 1, 16)]
    [InlineData(200, 0.05, 8, 19)]
    [InlineData(2000, 0.05, 8, 126)]
    [InlineData(2000, 0.001, 8, 7)]
    [InlineData(100, 0.001, 8, 2)]
    [InlineData(1, 0.05, 8, 2)]
    public void TooMany_IsTheExactBinomialLimitSharedOverTheStatements(
        int runs,
        double promised,
        int together,
        int expected
    ) => Assert.Equal(expected, new AaClaim("x", promised, 0, runs) { Together = together }.TooMany);

    /// <summary>Eight statements that are each made exactly as often as they may be: a report says FAULT in at most 5 %
    /// of cases.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(2000)]
    public void Report_StatementsAtTheirPromise_IsAtFaultInAtMostItsPartOfReports(int runs)
    {
        var random = new Random(14);
        var faults = 0;
        const int reports = 2000;
        var limit = new AaClaim("x", 0.05, 0, runs) { Together = 8 }.TooMany;
        for (var report = 0; report < reports; report++)
        {
            faults += Enumerable
                .Range(0, 8)
                .Any(_ => Enumerable.Range(0, runs).Count(_ => random.NextDouble() < 0.05) >= limit)
                ? 1
                : 0;
        }

        // 5 % and three standard errors of this simulation.
        Assert.InRange((double)faults / reports, 0.005, 0.065);
    }

    /// <summary>The interval is approximate and counts are whole: at 100 against 100 and 50 % it errs in 5.6 % (summed
    /// over all outcomes with scipy).</summary>
    [Fact]
    public async Task Execute_RatioAtOneLook_PromisesItsExactError()
    {
        var report = await RunAaCheck.ExecuteAsync(
            TestEngine.Provider,
            new AaSettings(Runs: 1, Iterations: 200),
            null,
            Token
        );

        Assert.Equal(0.0560, report.Claims[0].Promised, 4);
        Assert.All(report.Claims, claim => Assert.Equal(8, claim.Together));
        Assert.Contains("5 % / 8 statements", report.Rule, StringComparison.Ordinal);
    }
}
