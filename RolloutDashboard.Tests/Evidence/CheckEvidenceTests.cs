using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Evidence;

public sealed class CheckEvidenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_HealthyIterations_RunsAndFindsNothing()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60);

        var run = await Run(database);

        Assert.NotNull(run);
        Assert.Equal((60, 60L, null), (run.Iterations, run.UpToNumber, run.Fault));
        Assert.Empty(await FindingsOf(database));
    }

    [Fact]
    public async Task Execute_OneStrategyAgainAndAgain_KeepsOneFindingUntilItNoLongerHolds()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60, row =>
        {
            if (row.AssignedMode == GenerationMode.Json && row.Number % 4 == 0 && row.Number <= 36)
            {
                row.Fingerprint = "the same";
                row.SharpeRatio = row.SharpeRatio is null ? null : 0.3;
                row.TotalReturn = row.TotalReturn is null ? null : 0.1;
            }
        });
        await Run(database);
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        await Run(database);

        var open = Assert.Single(await FindingsOf(database));
        Assert.Equal(
            ("mode-collapse", "Json", FindingSeverity.Blocking, 9),
            (open.Code, open.Subject, open.Severity, open.IterationCount)
        );
        Assert.True(open.LastSeenAt > open.FirstSeenAt);

        await database.AddAsync(600);
        await Run(database);
        Assert.NotNull(Assert.Single(await FindingsOf(database)).ClearedAt);
    }

    /// <summary>What the reason says in words is for people; the share is held against the rule alone.</summary>
    [Theory]
    [InlineData(AssignmentRule.Share, "drawn by lot", true)]
    [InlineData(AssignmentRule.Share, "share 0.5, block 0, slot 1 of Freeform", true)]
    [InlineData(AssignmentRule.Source, "share 0.5, block 0, slot 1 of Freeform", false)]
    [InlineData(AssignmentRule.JsonOff, "share of the market", false)]
    public async Task Execute_AllJsonAtHalf_IsAMismatchOnlyWhereTheShareDecided(
        AssignmentRule rule,
        string reason,
        bool expected
    )
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60, row =>
        {
            (row.AssignmentRule, row.AssignmentReason) = (rule, reason);
            (row.AssignedMode, row.EffectiveMode, row.ParametersJson, row.TemplateName) = (
                GenerationMode.Json,
                GenerationMode.Json,
                "{}",
                "Momentum"
            );
        });

        await Run(database);

        Assert.Equal(expected, (await FindingsOf(database)).Any(row => row.Code == "share-mismatch"));
    }

    [Theory]
    [InlineData(ChampionScope.Overall, 2, 0.126, false)]
    [InlineData(ChampionScope.Overall, 2, 0.2, true)]
    [InlineData(ChampionScope.Json, 2, 0.2, true)]
    [InlineData(ChampionScope.FullCode, 77, 0.1, true)]
    public async Task Execute_ChampionBetterThanItsRecord_IsForeignInEveryScope(
        ChampionScope scope,
        long number,
        double sharpe,
        bool expected
    )
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40);
        await using (var db = database.CreateDbContext())
        {
            db.Champions.Add(
                new Champion
                {
                    RolloutId = 1,
                    Environment = RolloutEnvironment.Production,
                    Scope = scope,
                    IterationId = number,
                    IterationNumber = number,
                    SharpeRatio = sharpe,
                    CrownedAt = database.Clock.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync(Token);
        }

        await Run(database);

        Assert.Equal(
            expected,
            (await FindingsOf(database)).Any(row =>
                row is { Code: "foreign-champion", Severity: FindingSeverity.Blocking }
            )
        );
    }

    [Fact]
    public async Task Execute_NothingNew_WaitsUntilItsMinuteIsOver()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(5);
        Assert.NotNull(await Run(database));

        Assert.Null(await Run(database));
        database.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.NotNull(await Run(database));
    }

    [Fact]
    public async Task Execute_ACheckThrows_MarksTheRunAndClearsNothingOfThatCheck()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40, row => row.SharpeRatio = row.Number == 8 ? 11 : row.SharpeRatio);
        await Run(database);
        database.Clock.Advance(TimeSpan.FromMinutes(2));

        var broken = new CheckEvidence(database, new FaultRegister(), database, database.Clock)
        {
            Checks = [new BrokenCheck()],
        };
        var run = await broken.ExecuteAsync(Token);

        Assert.Contains("implausible: InvalidOperationException", run!.Fault, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await FindingsOf(database), finding => finding.Subject == "sharpe").ClearedAt);
    }

    [Fact]
    public async Task Execute_RecordedFallback_IsNoMismatchAndNoInterference()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(10);
        await using (var db = database.CreateDbContext())
        {
            db.Champions.Add(
                new Champion
                {
                    RolloutId = 1,
                    Scope = ChampionScope.FullCode,
                    IterationNumber = 3,
                    Mode = GenerationMode.FullCode,
                    SharpeRatio = 0.139,
                }
            );
            await db.SaveChangesAsync(Token);
        }

        await database.AddAsync(30, row =>
        {
            if (row.AssignedMode == GenerationMode.Json && row.Number % 6 == 0)
            {
                (row.EffectiveMode, row.Attempts, row.ParametersJson, row.ShownChampion) = (
                    GenerationMode.FullCode,
                    4,
                    null,
                    3
                );
            }
        });
        await Run(database);

        Assert.Empty(await FindingsOf(database));
    }

    [Fact]
    public async Task Execute_OtherModeAfterASingleAttempt_IsAMismatch()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(30, row =>
            row.EffectiveMode = row.Number == 8 ? GenerationMode.FullCode : row.EffectiveMode
        );
        await Run(database);

        Assert.Equal(
            ("mode-mismatch", "[8]"),
            (await FindingsOf(database)).Select(finding => (finding.Code, finding.IterationsJson)).Single()
        );
    }

    [Fact]
    public async Task Execute_RowDeleted_IsMissing()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(30);
        await using (var db = database.CreateDbContext())
        {
            await db.Iterations.Where(row => row.Number == 30).ExecuteDeleteAsync(Token);
        }

        await Run(database);

        Assert.Equal(
            ("missing-records", "[30]"),
            (await FindingsOf(database)).Select(finding => (finding.Code, finding.IterationsJson)).Single()
        );
    }

    [Fact]
    public async Task Execute_ChampionOfAnEarlierAttempt_IsNotForeign()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(10);
        await using (var db = database.CreateDbContext())
        {
            db.Champions.Add(
                new Champion
                {
                    RolloutId = 1,
                    Scope = ChampionScope.Overall,
                    IterationNumber = 9,
                    Mode = GenerationMode.FullCode,
                    SharpeRatio = 0.217,
                }
            );
            await db.SaveChangesAsync(Token);
            await db.Rollouts.ExecuteUpdateAsync(update => update.SetProperty(row => row.Attempt, 2), Token);
        }

        await database.AddAsync(10, row =>
            (row.Attempt, row.SharpeRatio) = (2, row.SharpeRatio is null ? null : 0.01 * row.Number)
        );
        var run = await Run(database);

        Assert.Equal((2, 10), (run!.Attempt, run.Iterations));
        Assert.Empty(await FindingsOf(database));
    }

    private static Task<EvidenceCheckRun?> Run(EvidenceDatabase database) =>
        new CheckEvidence(database, new FaultRegister(), database, database.Clock).ExecuteAsync(Token);

    private static async Task<List<FindingRecord>> FindingsOf(EvidenceDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.Findings.OrderBy(row => row.Id).ToListAsync(Token);
    }

    private sealed class BrokenCheck : IEvidenceCheck
    {
        public string Code => "implausible";

        public IEnumerable<Finding> Check(EvidenceSet set) => throw new InvalidOperationException("broken");
    }
}
