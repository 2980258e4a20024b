using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

public sealed class ImportFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SameFileTwice_ChangesNothing()
    {
        using var file = HistoryFile.OfRecords(HistoryFile.Clean());
        var first = await ImportAsync(file);

        var again = await ImportAsync(file);

        Assert.Equal((60, 1, false), (first.Records, first.SetId, first.WasThere));
        Assert.Equal((60, 1, true), (again.Records, again.SetId, again.WasThere));
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal((1, 60), (await db.Sets.CountAsync(Token), await db.Iterations.CountAsync(Token)));
        var row = await db.Iterations.SingleAsync(one => one.Number == 4, Token);
        Assert.Equal(
            (
                GenerationMode.Json,
                GenerationMode.Json,
                SuccessLevel.Profitable,
                "{\"momentum_period\":4,\"name\":null,\"use_catalyst\":true}"
            ),
            (row.AssignedMode, row.ContentMode!.Value, row.Level, row.Parameters)
        );
        Assert.Equal(
            HistoryFile.Program(7),
            (
                await db.Strategies.SingleAsync(
                    one => one.Fingerprint == db.Iterations.Single(record => record.Number == 7).Fingerprint,
                    Token
                )
            ).Code
        );
    }

    private static Task<ImportReport> ImportAsync(HistoryFile file) =>
        TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);

    [Theory]
    [InlineData("records", false)]
    [InlineData("iteration_records", true)]
    public void Preview_Wrapped_ReadsTheSameAsLines(string name, bool indented)
    {
        var wrapper = new JsonObject
        {
            ["version"] = 2,
            ["note"] = "a \"records\": [ in a text",
            [name] = new JsonArray([.. HistoryFile.Clean()]),
        };
        using var file = HistoryFile.Of(wrapper.ToJsonString(new() { WriteIndented = indented }));

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((RecordLayout.Wrapped, 60L, 0L), (report.Layout, report.Records, report.ProblemCount));
    }

    [Fact]
    public void Preview_NumbersRestart_BeginsANewRun()
    {
        using var file = HistoryFile.OfRecords([.. HistoryFile.Clean(), .. HistoryFile.Clean(30)]);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal([60L, 30L], report.Runs.Select(run => run.Records));
    }

    [Theory]
    [InlineData("{\"iteration_num\": 3, \"metrics\": {\"sharpe_ratio\": 1.0", 3, "ends in the middle of this record")]
    [InlineData("{\"iteration_num\": 3, \"iteration_num\": 4}\n", 3, "iteration_num stands there twice")]
    [InlineData("{\"iteration_num\": \"three\"}\n", 3, "no whole number")]
    [InlineData("{\"metrics\": {}}\n", 3, "No field of it is known")]
    [InlineData("[1, 2]\n", 3, "no JSON object")]
    [InlineData(
        "{\"iteration_num\": 3, \"metrics\": {\"sharpe_ratio\": \"high\"}}\n",
        3,
        "metrics.sharpe_ratio is no number"
    )]
    [InlineData("{\"iteration_num\": 3} x\n", 3, "not valid JSON")]
    public void Preview_BadLine_IsNamedAndTheOthersAreRead(string bad, long line, string words)
    {
        using var file = HistoryFile.Of(
            "{\"iteration_num\": 1}\n\n" + bad + (bad.EndsWith('\n') ? "{\"iteration_num\": 2}" : "")
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(line, problem.Line);
        Assert.Contains(words, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(bad.EndsWith('\n') ? 2 : 1, report.Records);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData(", ")]
    public void Preview_RecordBeyondTheLimit_IsSkippedWithBoundedMemory(string separator)
    {
        var longest = 1024 * 1024;
        var large = $"{{\"iteration_num\": 2, \"strategy_code\": \"{new string('x', 6 * longest)}\"}}";
        var text = string.Join(separator, "{\"iteration_num\": 1}", large, "{\"iteration_num\": 3}");
        using var file = HistoryFile.Of(separator == "\n" ? text : $"{{\"records\": [{text}]}}");

        var report = ImportFile.Preview(file.Path, new ImportOptions { LongestRecord = longest }, Token);

        Assert.Equal(2, report.Records);
        Assert.Contains("at most 1,048,576 are read", Assert.Single(report.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_ListCutOff_SaysSo()
    {
        using var file = HistoryFile.Of("{\"records\": [{\"iteration_num\": 1}, {\"iteration_num\": 2, \"metr");

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal(1, report.Records);
        Assert.Contains(
            "ends in the middle of its list",
            Assert.Single(report.Problems).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 1 }, "ZIP archive")]
    [InlineData(new byte[] { 0x1F, 0x8B, 9, 0 }, "gzip archive that is damaged")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0 }, "UTF-32. Save it as UTF-8")]
    [InlineData(new byte[] { 0x80, 4, 0x95, 0 }, "Python pickle")]
    [InlineData(new byte[] { 0x50, 0x41, 0x52, 0x31 }, "Parquet file")]
    [InlineData(new byte[0], "empty")]
    public void Preview_NoSuchText_IsRefusedWithItsName(byte[] content, string words)
    {
        using var file = HistoryFile.OfBytes(content);

        var refusal = Assert.Throws<ImportException>(() => ImportFile.Preview(file.Path, new ImportOptions(), Token));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_Latin1Text_NamesTheLine()
    {
        using var file = HistoryFile.OfBytes([
            .. Encoding.Latin1.GetBytes("{\"iteration_num\": 1, \"strategy_code\": \"é\"}\n{\"iteration_num\": 2}\n"),
        ]);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), Token);

        Assert.Equal((1L, 1L), (report.Records, Assert.Single(report.Problems).Line));
    }

    [Fact]
    public async Task Execute_TimestampsWithoutZone_AskForOneAndKeepNothing()
    {
        var records = HistoryFile.Clean(2);
        records[1]["timestamp"] = "2026-01-05T09:00:00";
        using var file = HistoryFile.OfRecords(records);

        var refusal = await Assert.ThrowsAsync<ImportException>(() =>
            TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token)
        );
        Assert.Contains("--zone", refusal.Message, StringComparison.Ordinal);
        var report = await TestEngine.Import.ExecuteAsync(
            file.Path,
            file.Database,
            new ImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Taipei") },
            Token
        );

        Assert.Equal(1, report.SetId);
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, Token);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero),
            (await db.Iterations.SingleAsync(row => row.Number == 2, Token)).At
        );
    }

    [Theory]
    [InlineData("x = 1\nPARAMS = {'a': (1, 2), \"b\": 'it\\'s', }", "{\"a\":[1,2],\"b\":\"it\\u0027s\"}")]
    [InlineData("# Parameters: {'deep': {'x': False}, 'n': -1.5e3}", "{\"deep\":{\"x\":false},\"n\":-1500}")]
    [InlineData(
        "PARAMS = {\n  'a': 1,  # the period's own {\n  'b': [True, None,],\n}\nrun(PARAMS)",
        "{\"a\":1,\"b\":[true,null]}"
    )]
    [InlineData("# Parameters: {\n#   'a': 1_000,\n#   \"b\": .5, # half\n# }", "{\"a\":1000,\"b\":0.5}")]
    [InlineData("# Parameters: {'a': 5.0, 'z': {'y': 1, 'b': 2}}", "{\"a\":5,\"z\":{\"b\":2,\"y\":1}}")]
    [InlineData("PARAMS: dict = {1: 'one ' 'two', None: (3,)}", "{\"1\":\"one two\",\"None\":[3]}")]
    [InlineData("PARAMS = load()\nPARAMS={'a': -2}", "{\"a\":-2}")]
    [InlineData("# Parameters: see below\nPARAMS = {'a': 'x\\'y'}", "{\"a\":\"x\\u0027y\"}")]
    [InlineData("MY_PARAMS = {'a': 1}", null)]
    [InlineData("PARAMS = {'a': compute(1)}", null)]
    [InlineData("PARAMS = {}", null)]
    [InlineData("print({'a': 1})", null)]
    [InlineData("PARAMS = {'a': 1", null)]
    [InlineData("PARAMS = {'a': 'open", null)]
    public void ParametersOf_PythonNotation_BecomesJson(string code, string? json) =>
        Assert.Equal(json, CanonicalParameters.Of(PythonLiteral.ParametersOf(code)));

    [Fact]
    public void ParametersOf_DeeperThanAllowed_IsCode() =>
        Assert.Null(PythonLiteral.ParametersOf("PARAMS = {'a': " + new string('[', 50_000) + "}"));
}
