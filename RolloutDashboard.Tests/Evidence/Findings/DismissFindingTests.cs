using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.Findings;

public sealed class DismissFindingTests
{
    private const string Reason = "The demo's market repeats this on purpose.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_WithAReason_RecordsPersonReasonAndDecision()
    {
        using var database = await WithFinding();

        var result = await Dismiss(database, Reason);

        Assert.True(result.Succeeded, result.Message);
        await using var db = database.CreateDbContext();
        var finding = await db.Findings.SingleAsync(Token);
        Assert.Equal(("ann", Reason), (finding.DismissedBy, finding.DismissReason));
        var decision = await db.Decisions.SingleAsync(Token);
        Assert.Equal(("finding-dismissed", "ann", Reason), (decision.Kind, decision.Actor, decision.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nineteen characters")]
    [InlineData("   nineteen characters      ")]
    public async Task Execute_ReasonTooShort_ChangesNothing(string reason)
    {
        using var database = await WithFinding();

        var result = await Dismiss(database, reason);

        Assert.False(result.Succeeded);
        await using var db = database.CreateDbContext();
        Assert.Null((await db.Findings.SingleAsync(Token)).DismissedAt);
        Assert.Empty(await db.Decisions.ToListAsync(Token));
    }

    [Fact]
    public async Task Execute_Twice_SaysWhoDidItFirst()
    {
        using var database = await WithFinding();
        await Dismiss(database, Reason);

        var again = await Dismiss(database, Reason);

        Assert.False(again.Succeeded);
        Assert.Contains("already, by ann", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_FindingGrewHeavier_IsRefused()
    {
        using var database = await WithFinding();

        var result = await new DismissFinding(database.Transitions, database.Clock).ExecuteAsync(
            1,
            FindingSeverity.Warning,
            Reason,
            "ann",
            Token
        );

        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task Check_DismissedFindingStillHolds_StaysDismissedAndAHeavierOneOpensAnew()
    {
        using var database = await WithFinding();
        await Dismiss(database, Reason);
        await new CheckEvidence(database, new FaultRegister(), database, database.Clock).ExecuteAsync(Token);
        await using var db = database.CreateDbContext();
        Assert.NotNull((await db.Findings.SingleAsync(Token)).DismissedAt);

        await db.Findings.ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Severity, FindingSeverity.Warning),
            Token
        );
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        await new CheckEvidence(database, new FaultRegister(), database, database.Clock).ExecuteAsync(Token);

        var findings = await db.Findings.OrderBy(row => row.Id).ToListAsync(Token);
        Assert.Equal(2, findings.Count);
        Assert.NotNull(findings[0].ClearedAt);
        Assert.Equal(
            (FindingSeverity.Blocking, null, null),
            (findings[1].Severity, findings[1].ClearedAt, findings[1].DismissedAt)
        );
    }

    private static Task<Core.Decisions.TransitionResult> Dismiss(EvidenceDatabase database, string reason) =>
        new DismissFinding(database.Transitions, database.Clock).ExecuteAsync(
            1,
            FindingSeverity.Blocking,
            reason,
            "ann",
            Token
        );

    private static async Task<EvidenceDatabase> WithFinding()
    {
        var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(30, row => row.SharpeRatio = row.Number == 8 ? 11 : row.SharpeRatio);
        await new CheckEvidence(database, new FaultRegister(), database, database.Clock).ExecuteAsync(Token);
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        return database;
    }
}
