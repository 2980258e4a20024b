using System.CommandLine;
using RolloutDashboard.Cli.Evidence;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Cli;

/// <summary>compare, replay and check on a data directory with a rollout and one imported history.</summary>
public sealed class StudyCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_ImportWithoutAStage_AnswersAsWithTheFirst()
    {
        await using var rollout = await ImportedAsync();

        var (code, output, error) = await RunAsync(rollout, "replay", "--history", "import:1");
        var (_, named, _) = await RunAsync(rollout, "replay", "--history", "import:1", "--stage", "3.1");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Over 60 iterations ", output, StringComparison.Ordinal);
        Assert.Equal(named, output);
    }

    [Theory]
    [InlineData(
        "There is no data set 9. There are production, staging, import:1 (history.jsonl).",
        "replay",
        "--history",
        "import:9"
    )]
    [InlineData("'nonsense' names no history", "replay", "--history", "nonsense")]
    [InlineData("Data set 1 holds no record of run 7", "replay", "--history", "import:1", "--run", "7")]
    [InlineData("'stage=4' will not do", "replay", "--history", "import:1", "--stage", "4")]
    [InlineData("There is no version 3 of the gates", "replay", "--gates", "3")]
    [InlineData("'latest=-5' (JSON iterations of the second window)", "replay", "--with", "latest=-5")]
    [InlineData(
        "There is no data set 9. There are production, staging, import:1 (history.jsonl).",
        "compare",
        "import:9",
        "production"
    )]
    [InlineData("'live' names no set", "compare", "production", "live")]
    [InlineData("names no set", "compare", "", "production")]
    [InlineData("'mode=both' will not do", "compare", "import:1;mode=both", "production")]
    [InlineData("'latest=-5' (JSON iterations of the second window)", "check", "--with", "latest=-5")]
    [InlineData("give a number from 0 to 1 as a share", "check", "--with", "3.1/json-success=80")]
    [InlineData("Give rates from 0 to 1", "check", "--json", "NaN")]
    public async Task Command_WhatMeansNothing_IsSaidAndTheExitCodeIs2(string words, params string[] arguments)
    {
        await using var rollout = await ImportedAsync();

        var (code, output, error) = await RunAsync(rollout, arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ArmsOfAnImport_AnswersByTheGatesQuestion()
    {
        await using var rollout = await ImportedAsync();

        var (code, output, error) = await RunAsync(rollout, "compare", "import:1;mode=json", "import:1;mode=full-code");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(
            "JSON of data set 1 succeeds 1 times as often as full code of data set 1.",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("gate 3.2 judges it from 100 iterations of each mode on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EditedGates_AreWhatIsChecked()
    {
        await using var rollout = await ImportedAsync();
        await using (var db = rollout.Db())
        {
            db.GateDefinitionVersions.Add(
                new GateDefinitionVersion
                {
                    RolloutId = 1,
                    Number = 2,
                    ValuesJson = GateDefinitions.Write(
                        GateFields
                            .Apply(
                                GateDefinition.Default,
                                new Dictionary<string, string> { ["3.1/json-success/target"] = "90" }
                            )
                            .Edited!
                    ),
                    CreatedAt = default,
                    Actor = "ann",
                    Reason = "a test",
                }
            );
            await db.SaveChangesAsync(Token);
        }

        var (code, output, _) = await RunAsync(rollout, "check");

        Assert.Equal(0, code);
        Assert.Contains("Gates in force: version 2", output, StringComparison.Ordinal);
        Assert.Contains("JSON success ≥ 90 %", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BeforeTheFirstStart_IsOfThePlan()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var nowhere = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

        var code = await CheckCommand
            .Create(() => nowhere)
            .Parse([])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Token);

        Assert.Equal((0, ""), (code, error.ToString()));
        Assert.StartsWith("Gates of the plan: there is no rollout in", output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    private static async Task<TestRollout> ImportedAsync()
    {
        var rollout = await TestRollout.OpenAsync();
        using var file = HistoryFile.OfRecords(HistoryFile.Clean());
        await TestEngine.Import.ExecuteAsync(file.Path, rollout.Data.Imports, new ImportOptions(), Token);
        return rollout;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        TestRollout rollout,
        params string[] arguments
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand
        {
            CompareCommand.Create(() => rollout.Data.Path),
            ReplayCommand.Create(() => rollout.Data.Path),
            CheckCommand.Create(() => rollout.Data.Path),
        };
        var code = await root.Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Token);
        return (code, output.ToString(), error.ToString());
    }
}
