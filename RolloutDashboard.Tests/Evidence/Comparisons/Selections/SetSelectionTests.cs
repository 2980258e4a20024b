using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.Comparisons.Selections;

public sealed class SetSelectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("production;mode=json;stage=3.2;attempt=1")]
    [InlineData("staging;mode=full-code;by=effective")]
    [InlineData("import:3;run=2;template=Momentum")]
    [InlineData("production;from=2026-03-02T09:00:00Z;to=2026-03-03T00:00:00Z;provider=a%3Bb;model=m%3D1;segment=4")]
    public void ToString_OfParsed_IsTheSameLine(string line) => Assert.Equal(line, SetSelection.Parse(line).ToString());

    [Theory]
    [InlineData("production", "all iterations")]
    [InlineData("production;mode=json;stage=3.2;attempt=1", "JSON of stage 3.2, attempt 1")]
    [InlineData("production;to=2026-01-05T09:00:00Z", "all iterations before 2026-01-05 09:00:00 UTC")]
    [InlineData(
        "production;mode=full-code;by=effective;from=2026-01-05T09:00:00Z",
        "full code (effective) from 2026-01-05 09:00:00 UTC on"
    )]
    [InlineData(
        "import:3;run=1;from=2026-01-05T09:00:00Z;to=2026-02-05T09:00:00Z",
        "all iterations of data set 3, run 1, from 2026-01-05 09:00:00 UTC until 2026-02-05 09:00:00 UTC"
    )]
    public void Words_OfAnySelection_ReadAsEnglish(string line, string words) =>
        Assert.Equal(words, SetSelection.Parse(line).Words());

    [Theory]
    [InlineData("nonsense", "'nonsense' names no set: write production, staging or import:N")]
    [InlineData("import:x", "'import:x' names no set")]
    [InlineData("import:0", "'import:0' names no set")]
    [InlineData(";", "names no set")]
    [InlineData("Production", "'Production' names no set")]
    [InlineData("production;mode=both", "'mode=both' will not do; give json or full-code.")]
    [InlineData("production;stage=9", "'stage=9' will not do; give 3.1, 3.2, 3.3 or 3.4.")]
    [InlineData("production;attempt=x", "'attempt=x' will not do")]
    [InlineData("production;attempt=0", "'attempt=0' will not do")]
    [InlineData("production;attempt=-1", "'attempt=-1' will not do")]
    [InlineData("production;from=yesterday", "'from=yesterday' will not do; give a time such as")]
    [InlineData("production;by=luck", "'by=luck' will not do; give assigned or effective.")]
    [InlineData("production;nonsense", "'nonsense' says nothing: write NAME=VALUE")]
    [InlineData("production;sort=up", "'sort' is not known; there is mode, by")]
    [InlineData("production;mode=", "'mode=' says nothing")]
    [InlineData("production;run=1", "'run' is not known of the live rollout")]
    [InlineData("import:3;stage=3.1", "'stage' is not known of an imported data set")]
    [InlineData("import:3;provider=x", "'provider' is not known of an imported data set")]
    [InlineData("production;mode=json;mode=full-code", "'mode' is given twice")]
    [InlineData("production;from=2026-03-02T09:00:00Z;to=2026-03-01T09:00:00Z", "'from' is not before 'to'")]
    public void Parse_WhatMeansNothing_SaysWhereAndWhatMayStandThere(string line, string words)
    {
        var refusal = Assert.Throws<SelectionException>(() => SetSelection.Parse(line));

        Assert.Equal(SelectionFault.Malformed, refusal.Fault);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_NothingWritten_IsTheStandard(string? line) =>
        Assert.Equal(SetSelection.Arms.First, SetSelection.Parse(line, SetSelection.Arms.First));

    [Fact]
    public async Task Execute_UnknownDataSet_NamesThoseThatAreThere()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40);
        var compare = new CompareSelections(
            database,
            new ReadSelection(new NoImports { Sets = { [3] = [One(1, true)] } })
        );

        var refusal = await Assert.ThrowsAsync<SelectionException>(() =>
            compare.ExecuteAsync(SetSelection.Parse("import:9"), SetSelection.Arms.Second, Token)
        );

        Assert.Equal(
            (SelectionFault.Unknown, "There is no data set 9. There are production, staging, import:3 (set 3)."),
            (refusal.Fault, refusal.Message)
        );
    }

    [Fact]
    public async Task Execute_UnknownRun_IsNotAnEmptySide()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(40);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports { Sets = { [3] = [] } }));

        var refusal = await Assert.ThrowsAsync<SelectionException>(() =>
            compare.ExecuteAsync(SetSelection.Parse("import:3;run=9"), SetSelection.Arms.Second, Token)
        );

        Assert.Equal(
            (SelectionFault.Unknown, "Data set 3 holds no record of run 9; leave the run out to take them all."),
            (refusal.Fault, refusal.Message)
        );
    }

    [Fact]
    public async Task Keep_IterationsAddedSinceItWasShown_KeepsWhatWasShown()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        var keep = new SavedComparisons(database, compare, database.Clock);
        var shown = await compare.ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, Token);
        await database.AddAsync(20);

        var kept = await keep.FindAsync(await keep.ExecuteAsync(shown, "ann", Token), Token);

        Assert.Equal((shown.Hash, shown.Json, 40), (kept!.Kept.Hash, kept.Json, kept.Report!.First.N));
    }

    [Fact]
    public async Task Keep_ThenMadeAgain_GivesTheSameHashUntilARecordChanges()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        var keep = new SavedComparisons(database, compare, database.Clock);
        var id = await keep.ExecuteAsync(
            await compare.ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, Token),
            "ann",
            Token
        );
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
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        await new SavedComparisons(database, compare, database.Clock).ExecuteAsync(
            await compare.ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, Token),
            "ann",
            Token
        );

        await using var db = database.CreateDbContext();
        Assert.False(db.ComparisonReports.Single().IsOfAttempt);
    }

    [Fact]
    public async Task Execute_LiveAgainstImported_IsComparedAsWholesWithACaution()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80);
        var imports = new NoImports();
        imports.Sets[3] =
        [
            .. Enumerable
                .Range(1, 60)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = GenerationMode.FullCode,
                    Level = number % 4 == 0 ? SuccessLevel.Profitable : SuccessLevel.Failed,
                    Fingerprint = $"i{number}",
                }),
        ];

        var made = await new CompareSelections(database, new ReadSelection(imports)).ExecuteAsync(
            new SetSelection(Mode: GenerationMode.Json),
            new SetSelection(ImportId: 3),
            Token
        );

        Assert.Equal((40, 60), (made.Report.First.N, made.Report.Second.N));
        Assert.Contains("share no configuration", made.Report.Caution, StringComparison.Ordinal);
        Assert.True(made.Report.Ratio!.Value > 2);
    }

    [Fact]
    public async Task Exports_OfHostileNames_AreEncodedAndHoldNoScript()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(60, Hostile);
        var made = await new CompareSelections(database, new ReadSelection(new NoImports())).ExecuteAsync(
            SetSelection.Arms.First,
            SetSelection.Arms.Second,
            Token
        );

        var head = await ComparisonHead.OfAsync(
            new ReadReportHead(database, TimeProvider.System),
            made.Inputs,
            made.Hash,
            "<script>ann</script>",
            Token
        );
        var html = ComparisonHtml.Of(made.Report, made.Hash, head);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "<script",
            ComparisonMarkdown.Of(made.Report, made.Hash, head),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public void Course_WorseArmOvertakes_NamesWhenForGood()
    {
        var first = Enumerable.Range(0, 100).Select(i => One(i * 2, i < 50)).ToArray();
        var second = Enumerable.Range(0, 100).Select(i => One((i * 2) + 1, i >= 30)).ToArray();

        var course = CumulativeSuccessSeries.Of("one", first, "two", second)!;

        Assert.Equal("two", course.Leader);
        Assert.Equal(1, course.Changes);
        Assert.InRange(course.Number!.Value, 120, 180);
    }

    private static CheckedIteration One(long number, bool succeeds) =>
        new()
        {
            Number = number,
            AssignedMode = GenerationMode.Json,
            Level = succeeds ? SuccessLevel.Profitable : SuccessLevel.Failed,
        };

    private static void Hostile(IterationRecord record)
    {
        record.FailureSignature = record.FailureSignature is null ? null : "<script>alert(1)</script>|[x](y)";
    }
}
