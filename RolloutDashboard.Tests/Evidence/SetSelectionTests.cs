using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence;

public sealed class SetSelectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("production;mode=json;stage=3.2;attempt=1")]
    [InlineData("staging;mode=full-code;by=effective")]
    [InlineData("import:3;run=2;template=Momentum")]
    [InlineData("production;from=2026-03-02T09:00:00Z;to=2026-03-03T00:00:00Z;provider=a%3Bb;model=m%3D1;segment=4")]
    public void ToString_OfParsed_IsTheSameLine(string line) => Assert.Equal(line, SetSelection.Parse(line)!.ToString());

    [Theory]
    [InlineData("production", "all iterations")]
    [InlineData("production;mode=json;stage=3.2;attempt=1", "JSON of stage 3.2, attempt 1")]
    [InlineData("production;to=2026-01-05T09:00:00Z", "all iterations before 2026-01-05 09:00:00 UTC")]
    [InlineData("production;mode=full-code;by=effective;from=2026-01-05T09:00:00Z", "full code (effective) from 2026-01-05 09:00:00 UTC on")]
    [InlineData("import:3;run=1;from=2026-01-05T09:00:00Z;to=2026-02-05T09:00:00Z", "all iterations of data set 3, run 1, from 2026-01-05 09:00:00 UTC until 2026-02-05 09:00:00 UTC")]
    public void Words_OfAnySelection_ReadAsEnglish(string line, string words) => Assert.Equal(words, SetSelection.Parse(line)!.Words());

    [Fact]
    public void Parse_PartsThatMeanNothing_FilterNothing() => Assert.Equal(new SetSelection(), SetSelection.Parse("production;mode=both;stage=9;attempt=x;nonsense"));

    [Fact]
    public async Task Keep_ThenMadeAgain_GivesTheSameHashUntilARecordChanges()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        var keep = new KeepComparison(database, compare, database.Clock);
        var id = await keep.ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, "ann", Token);
        await database.AddAsync(20);

        Assert.True((await keep.AgainAsync(id, Token)).Same);
        var kept = await keep.FindAsync(id, Token);
        Assert.Equal(40, kept!.Report!.First.N);
        await using (var db = database.CreateDbContext())
        {
            var row = db.Iterations.First(one => one.Number == 4);
            db.Iterations.Update(row).Entity.SharpeRatio = 0.9;
            await db.SaveChangesAsync(Token);
        }

        Assert.False((await keep.AgainAsync(id, Token)).Same);
    }

    [Fact]
    public async Task Keep_AnyComparison_IsNotTheGatesReport()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60);
        await new KeepComparison(database, new CompareSelections(database, new ReadSelection(new NoImports())), database.Clock).ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, "ann", Token);

        await using var db = database.CreateDbContext();
        Assert.False(db.ComparisonReports.Single().IsOfAttempt);
    }

    [Fact]
    public async Task Execute_LiveAgainstImported_IsComparedAsWholesWithACaution()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80);
        var imports = new NoImports();
        imports.Sets[3] = [.. Enumerable.Range(1, 60).Select(number => new CheckedIteration { Number = number, AssignedMode = GenerationMode.FullCode, Level = number % 4 == 0 ? SuccessLevel.Profitable : SuccessLevel.Failed, Fingerprint = $"i{number}" })];

        var made = await new CompareSelections(database, new ReadSelection(imports)).ExecuteAsync(new SetSelection(Mode: GenerationMode.Json), new SetSelection(ImportId: 3), Token);

        Assert.Equal((40, 60), (made.Report.First.N, made.Report.Second.N));
        Assert.Contains("share no configuration", made.Report.Caution, StringComparison.Ordinal);
        Assert.True(made.Report.Ratio!.Value > 2);
    }

    [Fact]
    public async Task Exports_OfHostileNames_AreEncodedAndHoldNoScript()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60, Hostile);
        var made = await new CompareSelections(database, new ReadSelection(new NoImports())).ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, Token);

        var html = ComparisonHtml.Of(made.Report, made.Hash);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", ComparisonMarkdown.Of(made.Report, made.Hash), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Course_WorseArmOvertakes_NamesWhenForGood()
    {
        var first = Enumerable.Range(0, 100).Select(i => One(i * 2, i < 50)).ToArray();
        var second = Enumerable.Range(0, 100).Select(i => One((i * 2) + 1, i >= 30)).ToArray();

        var course = SuccessCourse.Of("one", first, "two", second)!;

        Assert.Equal("two", course.Leader);
        Assert.Equal(1, course.Changes);
        Assert.InRange(course.Number!.Value, 120, 180);
    }

    private static CheckedIteration One(long number, bool succeeds) => new() { Number = number, AssignedMode = GenerationMode.Json, Level = succeeds ? SuccessLevel.Profitable : SuccessLevel.Failed };

    private static void Hostile(IterationRecord record)
    {
        record.FailureSignature = record.FailureSignature is null ? null : "<script>alert(1)</script>|[x](y)";
    }
}
