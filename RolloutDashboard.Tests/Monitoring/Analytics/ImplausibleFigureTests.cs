using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Evidence;

namespace RolloutDashboard.Tests.Monitoring.Analytics;

/// <summary>Values that can be no results stand in no mean of a page or chart, and are counted.</summary>
public sealed class ImplausibleFigureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1e160)]
    [InlineData(-1e308)]
    [InlineData(10.5)]
    public async Task Analytics_ValueThatCanBeNoResult_IsLeftOutAndCounted(double value)
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40, row => Change(row, value));

        var report = await new ReadAnalytics(database).ExecuteAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            AttemptChoice.All,
            null,
            null,
            Token
        );

        Assert.Equal(0.5, report.Json.MeanSharpe!.Value, 12);
        Assert.True(report.Json.MeanReturn is { } mean && Math.Abs(mean) < 1, $"{report.Json.MeanReturn}");
        Assert.Equal((14, value is 10.5 ? 2 : 4), (report.Json.SharpeN, report.Json.LeftOut));
        Assert.True(report.Json.SharpeInterval is { Lower: > 0, Upper: < 1 });
        Assert.Equal(0, report.FullCode.LeftOut);
    }

    [Fact]
    public async Task Series_ValueThatCanBeNoResult_LeavesTheChartsMeanFinite()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40, row => Change(row, 1e308));
        await using var db = database.CreateDbContext();
        foreach (var row in db.Iterations.ToArray())
        {
            await Rollups.AddAsync(db, row, Token);
            await db.SaveChangesAsync(Token);
        }

        var points = await ReadSeries.ExecuteAsync(db, 1, null, database.Clock.GetUtcNow(), Token);

        Assert.Contains(points, point => point.JsonMeanSharpe is not null);
        Assert.All(points, point =>
            Assert.True(
                point.JsonMeanSharpe is null || Math.Abs(point.JsonMeanSharpe.Value - 0.5) < 1e-9,
                $"{point.JsonMeanSharpe}"
            )
        );
    }

    private static void Change(IterationRecord row, double value)
    {
        if (row.Number is 2 or 4)
        {
            row.SharpeRatio = value;
            row.TotalReturn = value is 10.5 ? 0.1 : 1e308;
        }
        else
        {
            row.SharpeRatio = row.Level == SuccessLevel.Failed ? null : 0.5;
        }
    }
}
