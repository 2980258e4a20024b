using System.Globalization;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

/// <summary>Histories in the shapes that loops really write: what stands in them is read, whole, and nothing of it is
/// lost.</summary>
public sealed class HistoryShapesTests
{
    private const string Good =
        """{"iteration": N, "code": "w = N", "success": true, "metrics": {"sharpe_ratio": 0.N, "annual_return": 0.1, "max_drawdown": -0.2, "success": false}}""";

    [Theory]
    [InlineData("[A, B, C]", RecordLayout.List)]
    [InlineData("[\n  A,\n  B,\n  C\n]\n", RecordLayout.List)]
    [InlineData("{\"records\": [A, B, C]}", RecordLayout.Wrapped)]
    [InlineData("{\"note\": \"x\", \"iteration_records\": [A,\nB, C], \"end\": [1, 2]}", RecordLayout.Wrapped)]
    [InlineData("{\"records\": [A, B]}\n{\"records\": [C]}\n", RecordLayout.Wrapped)]
    [InlineData("{\"records\": [A], \"iteration_records\": [B, C]}", RecordLayout.Wrapped)]
    [InlineData("[{\"records\": [A, B]}, {\"records\": [C]}]", RecordLayout.Wrapped)]
    [InlineData("A\nB\n{\"records\": [C]}\n", RecordLayout.Wrapped)]
    [InlineData("A\nB\nC", RecordLayout.Lines)]
    [InlineData("PRETTY(A)\nPRETTY(B)\nPRETTY(C)", RecordLayout.Documents)]
    [InlineData("PRETTY(A)PRETTY(B),\nPRETTY(C)", RecordLayout.Documents)]
    public void Preview_AnyLayout_ReadsAllThree(string layout, RecordLayout expected)
    {
        using var file = HistoryFile.Of(Filled(layout));

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((expected, 3L, 0L), (report.Layout, report.Records, report.ProblemCount));
        Assert.Equal(3, report.Levels[3]);
    }

    [Theory]
    [InlineData("{\"records\": [A, B]}\nthe rest was cut", 2, 2, "the rest was cut")]
    [InlineData("[A, B]\n]\n", 2, 2, "no JSON: ]")]
    [InlineData("{\"records\": [A]}\nfirst\nsecond\n{\"records\": [B]}", 2, 2, "up to line 3")]
    [InlineData("{\"records\": [A, 7, B]}", 2, 1, "no object")]
    [InlineData("{\"records\": [A, B", 2, 1, "ends in the middle of its list")]
    [InlineData("PRETTY(A)\n{\n \"iteration\": 2,", 1, -1, "ends in the middle of this document")]
    [InlineData("{\"iteration\": 1, \"metr\nA\nB\n", 2, 1, "not valid JSON")]
    public void Preview_WhatIsNoDocument_IsNamedOnceAndTheRestIsRead(string text, int records, int line, string words)
    {
        using var file = HistoryFile.Of(Filled(text));

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        var problem = Assert.Single(report.Problems);
        Assert.Equal(records, report.Records);
        Assert.Contains(words, problem.Reason, StringComparison.Ordinal);
        Assert.True(line < 0 || problem.Line == line, $"Named at line {problem.Line}.");
    }

    [Fact]
    public void Preview_SummaryOfLists_IsOneRecordAPositionOfTheArmItDeclares()
    {
        using var file = HistoryFile.Of(
            """
            {
              "test_completed": true,
              "sharpes": [0.5, NaN, -0.25, 0.1],
              "durations": [1.5, 2, 3, 4],
              "champion_updates": [true, false, false, false],
              "report": {"p": NaN},
              "template_mode": true, "use_json_mode": true
            }
            """
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((RecordLayout.Arrays, 4L, 0L), (report.Layout, report.Records, report.ProblemCount));
        Assert.Equal(4, report.Arms[GenerationMode.Json]);
        Assert.True(report.CalledComplete);
        Assert.Equal((3L, null), (report.Total!.Measured, report.Total.Distinct));
        Assert.Equal((0.5 - 0.25 + 0.1) / 3, report.Total.MeanSharpe!.Value, 12);
    }

    [Fact]
    public void Preview_ListsBesideRecords_AreNotReadTwice()
    {
        using var file = HistoryFile.Of(Filled("{\"sharpes\": [0.1, 0.2], \"iteration_records\": [A, B]}"));

        Assert.Equal(
            2,
            ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken).Records
        );
    }

    [Theory]
    [InlineData("""{"iteration_num": 1, "execution_success": true, "metrics": {}}""", SuccessLevel.Executed)]
    [InlineData(
        """{"iteration_num": 1, "execution_success": true, "metrics": {"annual_return": 0.1, "sharpe_ratio": 0.3}}""",
        SuccessLevel.Profitable
    )]
    [InlineData(
        """{"iteration_num": 1, "success": true, "metrics": {"annual_return": 0.1, "max_drawdown": -0.1}}""",
        SuccessLevel.Measured
    )]
    [InlineData(
        """{"iteration_num": 1, "metrics": {"success": false, "annual_return": 0.1, "sharpe_ratio": 0.3}}""",
        SuccessLevel.Profitable
    )]
    [InlineData("""{"iteration_num": 1, "status": "FAILED", "metrics": {"success": true}}""", SuccessLevel.Failed)]
    [InlineData("""{"iteration_num": 1, "validation_errors": ["no rebalance"], "metrics": {}}""", SuccessLevel.Failed)]
    public void Preview_OneRecord_HasTheLevelOfItsMetrics(string record, SuccessLevel level)
    {
        using var file = HistoryFile.Of(record);

        var levels = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken).Levels;

        Assert.Equal(1, levels[(int)level]);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("false", false)]
    [InlineData("\"\"", false)]
    [InlineData("[]", false)]
    [InlineData("\"No history yet.\"", false)]
    [InlineData("\"First iteration - no previous history. Generate a basic strategy.\"", false)]
    [InlineData("\"First iteration reached 0.2. Try another window.\"", true)]
    [InlineData("\"No previous iterations\"", false)]
    [InlineData("\"None\"", false)]
    [InlineData("true", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("[\"a\"]", true)]
    [InlineData("{\"text\": \"x\"}", true)]
    [InlineData("\"Iteration 3 reached 0.2. Try another window.\"", true)]
    [InlineData("\"No trades were made by the last program; lower its threshold.\"", true)]
    public async Task Execute_FeedbackOfAnyKind_NeverRefusesAndKeepsItsText(string feedback, bool shown)
    {
        using var file = HistoryFile.Of($"{{\"iteration_num\": 1, \"success\": true, \"feedback_used\": {feedback}}}");

        var token = TestContext.Current.CancellationToken;
        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), token);

        Assert.Equal((1L, 0L), (report.Records, report.ProblemCount));
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, file.Database, token);
        var row = db.Iterations.Single();
        Assert.Equal(shown, row.FeedbackUsed);
        Assert.Equal(
            JsonNode.Parse(feedback) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
                    ? text
                : feedback.Length > 2 && feedback[0] is '[' or '{' ? feedback
                : null,
            row.Feedback
        );
    }

    [Fact]
    public void Preview_ErrorsWithoutText_HaveNoSignature()
    {
        var records = Enumerable
            .Range(0, 30)
            .Select(i => new JsonObject
            {
                ["iteration_num"] = i,
                ["execution_success"] = i % 3 != 2,
                ["execution_error"] = i % 3 == 2 ? "" : null,
                ["validation_errors"] =
                    i % 3 == 2 && i < 12
                        ? new JsonArray($"unknown field {(char)('a' + (i / 3))}", "and so on")
                        : new JsonArray(),
                ["metrics"] = new JsonObject { ["sharpe_ratio"] = 0.1, ["annual_return"] = 0.2 + (i * 0.001) },
            });
        using var file = HistoryFile.OfRecords(records);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((30L, 4L), (report.Records, report.DistinctErrors));
        Assert.DoesNotContain(report.Runs.SelectMany(run => run.Findings), finding => finding.Code == "error-cluster");
    }

    [Fact]
    public void Preview_NothingDeclared_ClaimsNoArmNoStrategyAndNoCompletion()
    {
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                Enumerable
                    .Range(0, 40)
                    .Select(i =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{{\"iteration\": {i}, \"generation_method\": \"llm\", \"strategy_id\": \"s{i}\", \"success\": true, \"duration_seconds\": 0, \"metrics\": {{\"sharpe_ratio\": {-0.1 - (i * 0.01)}, \"annual_return\": -0.{i + 10}, \"max_drawdown\": -0.3}}}}"
                        )
                    )
            )
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((40L, 40L, 0), (report.Records, report.Undeclared, report.Arms.Count));
        Assert.Null(report.Total!.Distinct);
        Assert.Equal(
            [ImportQuestionKind.ArmUndeclared, ImportQuestionKind.StrategyUnknown],
            report.Questions.Select(question => question.Kind)
        );
        Assert.DoesNotContain(report.Runs.SelectMany(run => run.Findings), finding =>
            finding.Code == "false-success" || finding.Subject is "Json" or "FullCode"
        );
        Assert.Null(report.Refusal);
    }

    [Theory]
    [InlineData("""{"mode": "template"}""", "json")]
    [InlineData("""{"mode": "full_code"}""", "full-code")]
    [InlineData("""{"json_mode": false}""", "full-code")]
    [InlineData("""{"generation_method": "template"}""", "json")]
    [InlineData("""{"generation_method": "llm"}""", null)]
    [InlineData("""{"mode": "fast"}""", null)]
    public void Preview_RecordThatNamesItsArm_BelongsToIt(string fields, string? arm)
    {
        var record = JsonNode.Parse(fields)!.AsObject();
        (record["iteration_num"], record["success"]) = (1, true);
        using var file = HistoryFile.OfRecords([record]);

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(arm is null ? 1 : 0, report.Undeclared);
        Assert.Equal(
            arm is null ? [] : [arm == "json" ? GenerationMode.Json : GenerationMode.FullCode],
            report.Arms.Keys
        );
    }

    [Fact]
    public void Preview_ValuesThatNoCheckNeeds_NeverRefuseARecord()
    {
        var parameters = new JsonObject { ["a"] = new string('x', 70_000) };
        using var file = HistoryFile.Of(
            $"{{\"iteration_num\": 1, \"success\": \"maybe\", \"template_name\": \"{new string('x', 600)}\", \"champion_updated\": \"why\", \"parameters\": {parameters.ToJsonString()}, "
                + "\"metrics\": {\"sharpe_ratio\": \"0.25\", \"total_return\": \"12.5%\", \"max_drawdown\": \"n/a\", \"win_rate\": \"half\", \"calmar_ratio\": []}}"
        );

        var report = ImportFile.Preview(file.Path, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((1L, 0L, 1L), (report.Records, report.ProblemCount, report.Levels[3]));
        Assert.Equal(
            ["champion_updated", "metrics.calmar_ratio", "metrics.win_rate", "parameters", "success", "template_name"],
            report
                .Questions.Where(question => question.Kind == ImportQuestionKind.ValueUnread)
                .Select(question => question.Subject)
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("1e160", "0.1")]
    [InlineData("0.1", "1e308")]
    [InlineData("-1e308", "-1e308")]
    public async Task Execute_ExtremeValue_IsKeptAndImplausible(string sharpe, string totalReturn)
    {
        using var file = HistoryFile.Of(
            string.Join(
                '\n',
                Enumerable
                    .Range(1, 12)
                    .Select(i =>
                        $"{{\"iteration_num\": {i}, \"json_mode\": true, \"success\": true, \"metrics\": {{\"sharpe_ratio\": {(i == 5 ? sharpe : $"0.{i}")}, \"total_return\": {(i == 5 ? totalReturn : $"0.{i}")}, \"max_drawdown\": -0.1}}}}"
                    )
            )
        );

        var report = await TestEngine.Import.ExecuteAsync(
            file.Path,
            file.Database,
            new ImportOptions(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal((12L, 0L), (report.Records, report.ProblemCount));
        Assert.Contains(report.Runs.Single().Findings, finding =>
            finding is { Code: "implausible", Subject: "sharpe" or "return" }
        );
        Assert.Empty(report.Runs.Single().Faults);
    }

    private static string Filled(string layout)
    {
        var text = layout;
        foreach (var (name, number) in new[] { ("A", "1"), ("B", "2"), ("C", "3") })
        {
            var record = Good.Replace("N", number, StringComparison.Ordinal);
            var pretty = JsonNode.Parse(record)!.ToJsonString(new() { WriteIndented = true });
            text = text.Replace($"PRETTY({name})", pretty, StringComparison.Ordinal);
            text = System.Text.RegularExpressions.Regex.Replace(
                text,
                $@"(?<![\w""]){name}(?![\w""])",
                record.Replace("$", "$$", StringComparison.Ordinal)
            );
        }

        return text;
    }
}
