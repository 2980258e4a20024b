using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>Edited gates are those that comparison, replay and plan check go by.</summary>
public sealed class PolicyInForceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_EditedGates_AreThoseInForce()
    {
        using var database = await EditedAsync("3.2/success-ratio/target", "5");

        var policy = await new ReadPolicyInForce(
            database,
            Options.Create(new GateOptions { RequireProof = true })
        ).ReadAsync(Token);

        Assert.Equal(
            (2, true, AlertThresholds.InForce),
            (policy.Gates.Version, policy.RequireProof, policy.Thresholds)
        );
        Assert.Equal(5, GateRatios.Of(policy.Gates)!.Target);
    }

    [Fact]
    public async Task Compare_ModesOfTheStage_GoesByTheEditedGateAndIsMadeAgainByTheSame()
    {
        using var database = await EditedAsync("3.2/success-ratio/target", "5");
        await database.AddAsync(240);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        var (json, full) = (
            SetSelection.Parse("production;mode=json;stage=3.2"),
            SetSelection.Parse("production;mode=full-code;stage=3.2")
        );

        var made = await compare.ExecuteAsync(json, full, Token);
        await EditAsync(database, 3, "3.2/success-ratio/target", "4");
        var again = await compare.AgainAsync(made.Inputs, Token);

        Assert.Equal(
            (5, 2, ComparisonQuestion.Modes),
            (made.Report.Gate!.Target, made.Report.Gate.Version, made.Report.Question)
        );
        Assert.Equal(made.Hash, again.Hash);
        Assert.Equal(4, (await compare.ExecuteAsync(json, full, Token)).Report.Gate!.Target);
    }

    [Fact]
    public async Task Compare_FindingDismissedInTheAttempt_NoLongerBlocksItsSide()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(80, row => row.SharpeRatio = row.Number == 8 ? 99 : row.SharpeRatio);
        var compare = new CompareSelections(database, new ReadSelection(new NoImports()));
        var (json, full) = (
            SetSelection.Parse("production;mode=json;stage=3.2;attempt=1"),
            SetSelection.Parse("production;mode=full-code;stage=3.2;attempt=1")
        );
        Assert.Equal(ComparisonStanding.Blocked, (await compare.ExecuteAsync(json, full, Token)).Report.Standing);

        await DismissImplausibleAsync(database);

        var report = (await compare.ExecuteAsync(json, full, Token)).Report;
        Assert.Equal(
            (ComparisonStanding.Compared, "ann"),
            (report.Standing, report.First.Findings.Single(finding => finding.Code == "implausible").DismissedBy)
        );
        Assert.Equal(
            ComparisonStanding.Blocked,
            (await compare.ExecuteAsync(SetSelection.Arms.First, SetSelection.Arms.Second, Token)).Report.Standing
        );
    }

    private static async Task DismissImplausibleAsync(EvidenceDatabase database)
    {
        await using var db = database.CreateDbContext();
        db.Findings.Add(
            new FindingRecord
            {
                RolloutId = 1,
                Code = "implausible",
                Subject = "sharpe",
                Severity = FindingSeverity.Blocking,
                Sentence = "x",
                Remedy = "y",
                NumbersJson = "{}",
                IterationsJson = "[8]",
                DismissedAt = database.Clock.GetUtcNow(),
                DismissedBy = "ann",
                DismissReason = "A known fault of one day's data.",
            }
        );
        await db.SaveChangesAsync(Token);
    }

    [Fact]
    public async Task Replay_WithoutAVersion_GoesByTheEditedGatesAndTheirProof()
    {
        using var database = await EditedAsync("3.1/json-success/target", "90");

        var policy = await Policies(database, new NoImports(), requireProof: true)
            .ChooseAsync(new ReplayRequest(), Token);

        Assert.Equal((2, true, true), (policy.Gates.Version, policy.RequireProof, policy.InForce!.RequireProof));
    }

    [Theory]
    [InlineData(7, null, "There is no version 7 of the gates; there is 1, 2.")]
    [InlineData(null, "latest=-5", "'latest=-5'")]
    public async Task Replay_GatesOrChangesThatAreNotThere_ReplaysNothing(int? version, string? with, string words)
    {
        using var database = await EditedAsync("3.1/json-success/target", "90");

        var refusal = await Assert.ThrowsAsync<SelectionException>(() =>
            Policies(database, new NoImports()).ExecuteAsync(new ReplayRequest(GateVersion: version, With: with), Token)
        );

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_UnknownDataSet_NamesThoseThatAreThere()
    {
        using var database = await EvidenceDatabase.OpenAsync();

        var refusal = await Assert.ThrowsAsync<SelectionException>(() =>
            Policies(database, new NoImports()).ExecuteAsync(new ReplayRequest(ImportId: 9), Token)
        );

        Assert.Equal(
            (
                SelectionFault.Unknown,
                "There is no data set 9. Nothing has been imported yet; there are production and staging."
            ),
            (refusal.Fault, refusal.Message)
        );
    }

    private static ReplayPolicies Policies(EvidenceDatabase database, NoImports imports, bool requireProof = false) =>
        new(
            database,
            new ReadReplayHistory(database, imports),
            Options.Create(new GateOptions { RequireProof = requireProof })
        );

    private static async Task<EvidenceDatabase> EditedAsync(string path, string text)
    {
        var database = await EvidenceDatabase.OpenAsync();
        await EditAsync(database, 2, path, text);
        return database;
    }

    private static async Task EditAsync(EvidenceDatabase database, int version, string path, string text)
    {
        await using var db = database.CreateDbContext();
        db.GateDefinitionVersions.Add(
            new GateDefinitionVersion
            {
                RolloutId = 1,
                Number = version,
                ValuesJson = GateDefinitions.Write(
                    GateFields.Apply(GateDefinition.Default, new Dictionary<string, string> { [path] = text }).Edited!
                ),
                CreatedAt = database.Clock.GetUtcNow(),
                Actor = "ann",
                Reason = "a test",
            }
        );
        await db.SaveChangesAsync(Token);
    }
}
