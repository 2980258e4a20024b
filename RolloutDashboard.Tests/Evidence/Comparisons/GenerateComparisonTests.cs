using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;

namespace RolloutDashboard.Tests.Evidence.Comparisons;

public sealed class GenerateComparisonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(198, 0)]
    [InlineData(200, 1)]
    public async Task WhenDue_BothArmsHaveTheirSamples_KeepsOneReport(int iterations, int reports)
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(iterations);
        var generate = new GenerateComparison(
            database,
            new CompareSelections(database, new ReadSelection(new NoImports())),
            database.Clock
        );

        await generate.WhenDueAsync(Token);
        await generate.WhenDueAsync(Token);

        await using var db = database.CreateDbContext();
        Assert.Equal(reports, await db.ComparisonReports.CountAsync(Token));
    }

    [Fact]
    public async Task Execute_SameEvidence_GivesTheSameHash()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40);
        var generate = new GenerateComparison(
            database,
            new CompareSelections(database, new ReadSelection(new NoImports())),
            database.Clock
        );

        await generate.ExecuteAsync("ann", Token);
        await generate.ExecuteAsync("bob", Token);

        await using var db = database.CreateDbContext();
        var kept = await db.ComparisonReports.ToListAsync(Token);
        Assert.Equal(2, kept.Count);
        Assert.Equal(kept[0].Hash, kept[1].Hash);
        Assert.Contains("| Iterations | 20 | 20 |", kept[0].Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_ArmsMeasuredDifferently_KeepsNothing()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40, row => row.MarketDataVersion = row.Number % 2 == 0 ? "m1" : "m2");

        var report = await new GenerateComparison(
            database,
            new CompareSelections(database, new ReadSelection(new NoImports())),
            database.Clock
        ).ExecuteAsync("ann", Token);

        Assert.NotEmpty(report.Refusals);
        await using var db = database.CreateDbContext();
        Assert.Equal(0, await db.ComparisonReports.CountAsync(Token));
    }
}
