using System.Text.Json.Nodes;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Import;

/// <summary>File by finding: each planted fault is found under its code, nothing else is, and near misses stay
/// quiet.</summary>
public sealed class PlantedFaultTests
{
    private static readonly Dictionary<string, ImportOptions> Options = new()
    {
        ["all imported as JSON, one record says it is not"] = new() { Arm = GenerationMode.Json },
        ["50 of 60 JSON at a share of 50 %"] = new() { Share = 0.5 },
        ["35 of 60 JSON at a share of 50 %"] = new() { Share = 0.5 },
        ["three JSON answers are the prompt's example"] = new()
        {
            PromptExample = CanonicalParameters.OfEither(
                "{'name': None, 'momentum_period': 10.0, 'use_catalyst': True}"
            ),
        },
        ["an example that nobody repeats"] = new()
        {
            PromptExample = CanonicalParameters.OfEither("{\"momentum_period\": 999}"),
        },
        ["a share of 50 % without any effect"] = new() { Share = 0.5 },
        ["all imported as JSON, and each says so"] = new() { Arm = GenerationMode.Json },
    };

    private static readonly Dictionary<string, Func<JsonObject[], JsonObject[]>> Replacements = new()
    {
        ["one number left out"] = records => [.. records.Where(one => Number(one) != 30)],
        ["one number twice"] = records =>
            [.. records.Take(31), (JsonObject)records[30].DeepClone(), .. records.Skip(31)],
        ["a champion of 100 iterations"] = _ => HistoryFile.Clean(141),
        ["a champion that nobody beats for long"] = _ => HistoryFile.Clean(160),
        ["failures left out"] = _ => [.. HistoryFile.Clean(160).Where(one => Number(one) % 5 != 0)],
    };

    private static readonly Dictionary<string, Action<JsonObject[]>> Changes = new()
    {
        ["one JSON strategy, 8 times"] = records => RepeatStrategy(records, 8),
        ["one JSON strategy, 6 times of 30"] = records => RepeatStrategy(records, 6),
        ["full code that only wraps a template"] = records =>
            Each(records.Where(one => !IsJson(one)), one => one["strategy_code"] = HistoryFile.Wrapper(Number(one))),
        ["all imported as JSON, one record says it is not"] = records =>
            Each(records, one =>
                (one["json_mode"], one["strategy_code"]) = (Number(one) != 7, HistoryFile.Wrapper(Number(one)))
            ),
        ["50 of 60 JSON at a share of 50 %"] = records => MakeFirstJson(records, 50),
        ["35 of 60 JSON at a share of 50 %"] = records => MakeFirstJson(records, 35),
        ["level 3 with a Sharpe below 0"] = records =>
            (Metrics(records[1])["sharpe_ratio"], Metrics(records[1])["total_return"]) = (-0.2, -0.1),
        ["full code reports annual returns"] = records =>
            Each(records.Where(one => !IsJson(one) && Metrics(one)["total_return"] is not null), one =>
            {
                Metrics(one)["annual_return"] = Metrics(one)["total_return"]!.DeepClone();
                Metrics(one).Remove("total_return");
            }),
        ["the clock goes back"] = records => records[20]["timestamp"] = "2025-12-31T09:00:00Z",
        ["12 results the same to the last digit"] = records => RepeatResult(records, 12),
        ["nine results the same"] = records => RepeatResult(records, 9),
        ["one error is 6 of 12 failures"] = records => FailAlike(records, 6),
        ["one error is 5 of 12 failures"] = records => FailAlike(records, 5),
        ["three JSON answers are the prompt's example"] = records =>
            Each(records.Where(IsJson).Take(3), one => one["strategy_code"] = HistoryFile.Wrapper(10)),
        ["full code computes its return otherwise"] = records => Calmar(records, one => IsJson(one) ? 1 : 2.4),
        ["both arms annualise the return of their Calmar ratio"] = records => Calmar(records, _ => 2.4),
        ["a quarter of the Calmar ratios fit by chance"] = records =>
            Calmar(records, one => IsJson(one) && Number(one) % 4 == 0 ? 1.01 : 2.4),
        ["a share of 50 % without any effect"] = records =>
            Each(records, one => (one["json_mode"], one["strategy_code"]) = (false, HistoryFile.Program(Number(one)))),
        ["no success at all"] = records =>
            Each(records.Where(one => Number(one) % 5 != 0), one =>
                (
                    Metrics(one)["sharpe_ratio"],
                    Metrics(one)["total_return"],
                    one["classification_level"],
                    one["champion_updated"]
                ) = (-0.01 * Number(one), -0.005 * Number(one), "LEVEL_2", false)
            ),
        ["no metric at all"] = records =>
            Each(records.Where(one => Number(one) % 5 != 0), one =>
                (one["metrics"], one["classification_level"], one["champion_updated"]) = (
                    new JsonObject { ["sharpe_ratio"] = null, ["total_return"] = null },
                    "LEVEL_1",
                    false
                )
            ),
        ["a Sharpe ratio of 10.5"] = records => Metrics(records[1])["sharpe_ratio"] = 10.5,
        ["a Sharpe ratio of 10 and a drawdown of -100 %"] = records =>
            (Metrics(records[1])["sharpe_ratio"], Metrics(records[3])["max_drawdown"]) = (10, -1),
        ["a return of -120 %"] = records =>
            (
                Metrics(records[1])["sharpe_ratio"],
                Metrics(records[1])["total_return"],
                records[1]["classification_level"]
            ) = (-0.3, -1.2, "LEVEL_2"),
        ["all imported as JSON, and each says so"] = records =>
            Each(records, one => (one["json_mode"], one["strategy_code"]) = (true, HistoryFile.Wrapper(Number(one)))),
        ["programs that speak of parameters"] = records =>
            Each(records.Where(one => !IsJson(one)), one =>
                one["strategy_code"] =
                    $"# Parameters: chosen by hand\nPARAMS = load({Number(one)})\n" + HistoryFile.Program(Number(one))
            ),
        ["every duration 0"] = records => Each(records, one => Result(one)["execution_time"] = 0),
        ["a NaN"] = records =>
            (Metrics(records[1])["sharpe_ratio"], records[1]["classification_level"]) = ("bare", "LEVEL_2"),
        ["a drawdown above 0"] = records => Metrics(records[1])["max_drawdown"] = 0.1,
        ["a champion_sharpe above every record"] = records => records[30]["champion_sharpe"] = 2.41,
        ["failures left out"] = records => records[^1]["champion_updated"] = true,
        ["five equal errors in a row"] = records => FailInARow(records, 5),
        ["four equal errors in a row"] = records => FailInARow(records, 4),
        ["volatility drag"] = records => Metrics(records[1])["total_return"] = -0.01,
        ["numbers from 0 on"] = records => Each(records, one => one["iteration_num"] = Number(one) - 1),
        ["mutations between the arms"] = records =>
            Each(records.Where(one => Number(one) % 7 == 0), one => one["generation_method"] = "factor_graph"),
    };

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "one JSON strategy, 8 times", "mode-collapse" },
            { "full code that only wraps a template", "arm-contamination" },
            { "all imported as JSON, one record says it is not", "mode-mismatch" },
            { "50 of 60 JSON at a share of 50 %", "share-mismatch" },
            { "level 3 with a Sharpe below 0", "level-mismatch" },
            { "full code reports annual returns", "metric-basis" },
            { "one number left out", "missing-records" },
            { "one number twice", "missing-records" },
            { "the clock goes back", "missing-records" },
            { "12 results the same to the last digit", "constant-result" },
            { "every duration 0", "false-success" },
            { "a NaN", "implausible" },
            { "a drawdown above 0", "implausible" },
            { "a champion that nobody beats for long", "foreign-champion" },
            { "a champion_sharpe above every record", "foreign-champion" },
            { "failures left out", "missing-records survivorship" },
            { "five equal errors in a row", "error-cluster" },
            { "one error is 6 of 12 failures", "error-cluster" },
            { "three JSON answers are the prompt's example", "prompt-echo" },
            { "full code computes its return otherwise", "metric-basis" },
            { "a share of 50 % without any effect", "mode-mismatch share-mismatch" },
            { "no success at all", "false-success" },
            { "no metric at all", "false-success" },
            { "a Sharpe ratio of 10.5", "implausible" },
            { "a return of -120 %", "implausible" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Preview_PlantedFault_IsTheOnlyFinding(string fault, string codes)
    {
        var (records, options) = Plant(fault);
        using var file =
            codes == "false-success" ? HistoryFile.OfCompletedRun(records) : HistoryFile.OfRecords(records);
        if (fault == "a NaN")
        {
            File.WriteAllText(
                file.Path,
                File.ReadAllText(file.Path).Replace("\"bare\"", "NaN", StringComparison.Ordinal)
            );
        }

        var report = ImportFile.Preview(file.Path, options, TestContext.Current.CancellationToken);

        Assert.Equal(0, report.ProblemCount);
        var found = report
            .Runs.SelectMany(run => run.Findings)
            .Where(finding => finding.Severity > FindingSeverity.Info)
            .Select(finding => finding.Code)
            .Distinct();
        Assert.Equal(codes.Split(' '), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faults_Table_HasEveryCheckThatAFileCanShow() =>
        // No field of a record says what its prompt showed, that it was cancelled, or on which data and engine it was
        // measured.
        Assert.Equal(
            EvidenceChecks
                .All.Select(check => check.Code)
                .Where(code => code is not ("arm-interference" or "unequal-cancellation" or "unstable-result"))
                .Order(StringComparer.Ordinal),
            Faults.SelectMany(row => row.Data.Item2.Split(' ')).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Plant_UnknownName_Throws() =>
        Assert.Contains(
            "'one number left ou'",
            Assert.Throws<ArgumentException>(() => Plant("one number left ou")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("clean")]
    [InlineData("one JSON strategy, 6 times of 30")]
    [InlineData("35 of 60 JSON at a share of 50 %")]
    [InlineData("volatility drag")]
    [InlineData("four equal errors in a row")]
    [InlineData("nine results the same")]
    [InlineData("numbers from 0 on")]
    [InlineData("mutations between the arms")]
    [InlineData("one error is 5 of 12 failures")]
    [InlineData("both arms annualise the return of their Calmar ratio")]
    [InlineData("a quarter of the Calmar ratios fit by chance")]
    [InlineData("all imported as JSON, and each says so")]
    [InlineData("programs that speak of parameters")]
    [InlineData("a Sharpe ratio of 10 and a drawdown of -100 %")]
    [InlineData("a champion of 100 iterations")]
    [InlineData("an example that nobody repeats")]
    public void Preview_CleanOrNearMiss_IsQuiet(string file)
    {
        var (records, options) = Plant(file);
        using var history = HistoryFile.OfRecords(records);

        var report = ImportFile.Preview(history.Path, options, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(report.Runs.SelectMany(run => run.Findings), finding =>
            finding.Severity > FindingSeverity.Info
        );
        Assert.Empty(report.Runs.SelectMany(run => run.Faults));
    }

    private static (JsonObject[] Records, ImportOptions Options) Plant(string what)
    {
        if (
            what != "clean"
            && !Replacements.ContainsKey(what)
            && !Changes.ContainsKey(what)
            && !Options.ContainsKey(what)
        )
        {
            throw new ArgumentException($"Nothing is planted as '{what}'.", nameof(what));
        }

        var clean = HistoryFile.Clean();
        var records = Replacements.TryGetValue(what, out var replace) ? replace(clean) : clean;
        if (Changes.TryGetValue(what, out var change))
        {
            change(records);
        }

        return (records, Options.GetValueOrDefault(what) ?? new ImportOptions());
    }

    private static void RepeatStrategy(JsonObject[] records, int times) =>
        Each(records.Where(IsJson).Take(times), one => one["strategy_code"] = HistoryFile.Wrapper(1));

    private static void MakeFirstJson(JsonObject[] records, int wanted) =>
        Each(records, one =>
            (one["json_mode"], one["strategy_code"]) = (
                Number(one) <= wanted,
                Number(one) <= wanted ? HistoryFile.Wrapper(Number(one)) : HistoryFile.Program(Number(one))
            )
        );

    private static void RepeatResult(JsonObject[] records, int times) =>
        Each(records.Where(one => IsJson(one) && Number(one) % 5 != 0).Take(times), one =>
            one["metrics"] = records[1]["metrics"]!.DeepClone()
        );

    private static void FailAlike(JsonObject[] records, int same) =>
        Each(
            records
                .Where(one => Number(one) % 5 == 0)
                .Select((one, index) => (one, index))
                .Where(pair => pair.index % 2 == 0 || pair.index > 12 - same)
                .Select(pair => pair.one)
                .Take(same),
            one => Fail(one, "the same")
        );

    private static void FailInARow(JsonObject[] records, int row) =>
        Each(records.Where(IsJson).Skip(5).Take(row), one => Fail(one, $"row {Number(one)} of '{Number(one)}'"));

    // The example of the prompt 17 times and three others as "JSON", the template itself as "full code", two ways to
    // compute a return, and a share that nothing follows.
    [Fact]
    public void Preview_TheSmallTestThatLookedFourTimesBetter_ShowsAllThatWasWrong()
    {
        var records = HistoryFile.Clean(40);
        Each(records.Where(IsJson).Take(17), one =>
            (one["strategy_code"], one["metrics"], one["classification_level"], one["execution_result"]) = (
                HistoryFile.Wrapper(10),
                records[1]["metrics"]!.DeepClone(),
                "LEVEL_3",
                records[1]["execution_result"]!.DeepClone()
            )
        );
        Each(records.Where(one => !IsJson(one)), one => one["strategy_code"] = HistoryFile.Wrapper(100 + Number(one)));
        Calmar(records, one => IsJson(one) ? 1 : 2.4);
        using var file = HistoryFile.OfRecords(records);

        var report = ImportFile.Preview(
            file.Path,
            new ImportOptions
            {
                PromptExample = CanonicalParameters.OfEither(
                    "{'momentum_period': 10, 'use_catalyst': True, 'name': None}"
                ),
            },
            TestContext.Current.CancellationToken
        );

        var found = report
            .Runs.Single()
            .Findings.Select(finding => (finding.Code, finding.Subject, finding.Severity))
            .ToArray();
        Assert.Contains(("arm-contamination", "FullCode", FindingSeverity.Blocking), found);
        Assert.Contains(("mode-collapse", "Json", FindingSeverity.Blocking), found);
        Assert.Contains(("prompt-echo", "Json", FindingSeverity.Blocking), found);
        Assert.Contains(("metric-basis", "metric basis", FindingSeverity.Blocking), found);
        Assert.Contains(("constant-result", "Json", FindingSeverity.Warning), found);
        Assert.Equal(40, report.Contents[GenerationMode.Json]);
    }

    private static void Calmar(IEnumerable<JsonObject> records, Func<JsonObject, double> factor) =>
        Each(records.Where(one => Metrics(one)["total_return"] is not null), one =>
            Metrics(one)["calmar_ratio"] =
                factor(one)
                * Metrics(one)["total_return"]!.GetValue<double>()
                / -Metrics(one)["max_drawdown"]!.GetValue<double>()
        );

    private static void Each(IEnumerable<JsonObject> records, Action<JsonObject> change)
    {
        foreach (var record in records.ToArray())
        {
            change(record);
        }
    }

    private static void Fail(JsonObject record, string message)
    {
        record["execution_result"] = new JsonObject
        {
            ["success"] = false,
            ["error_type"] = "ValueError",
            ["error_message"] = message,
            ["execution_time"] = 2,
        };
        (record["metrics"], record["classification_level"]) = (new JsonObject(), "LEVEL_0");
    }

    private static int Number(JsonObject record) => record["iteration_num"]!.GetValue<int>();

    private static bool IsJson(JsonObject record) => record["json_mode"]!.GetValue<bool>();

    private static JsonObject Metrics(JsonObject record) => record["metrics"]!.AsObject();

    private static JsonObject Result(JsonObject record) => record["execution_result"]!.AsObject();
}
