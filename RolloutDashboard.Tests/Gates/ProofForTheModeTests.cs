using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Gates;

/// <summary>What a gate says of the mode, and not only of the iterations that it saw.</summary>
public sealed class ProofForTheModeTests
{
    private const int Length = 5;

    [Fact]
    public void Ratio_ManyGoodLineages_IsProvenForTheMode()
    {
        var ratio = Ratio(Both(100, json: 5, full: 1));

        Assert.True(ratio.Proven);
        Assert.Equal(new ModeStanding(true, 200, 0), ratio.ForMode);
        Assert.Contains("Proven for the mode, by 200 lineages.", ratio.Explanation, StringComparison.Ordinal);
    }

    // One chain that remembers itself is one piece of evidence, however long.
    [Fact]
    public void Ratio_TheSameOutcomesInOneChainAnArm_IsProvenForTheseIterationsAlone()
    {
        var rows = Both(100, json: 5, full: 1)
            .Select(row => row with { Lineage = new EvidenceLineage((int)row.AssignedMode, 1, PlannedLength: 0) });

        var ratio = Ratio([.. rows]);

        Assert.True(ratio.Proven);
        Assert.Equal((false, 0), (ratio.ForMode!.Proven, ratio.ForMode.Lineages));
        Assert.Contains("before a lineage is complete", ratio.Explanation, StringComparison.Ordinal);
    }

    // The same rates where each lineage either succeeds throughout or fails throughout: far fewer independent pieces.
    [Fact]
    public void JsonSuccess_LineagesThatDiffer_ProveLessThanTheirIterations()
    {
        EvidenceRow[] even = [.. Lineages(GenerationMode.Json, 60, _ => Length, first: 1)];
        EvidenceRow[] mixed = [.. Lineages(GenerationMode.Json, 60, i => i % 10 == 0 ? 0 : Length, first: 1)];

        var (steady, clumped) = (JsonSuccess(even), JsonSuccess(mixed));

        Assert.True(steady.ForMode!.Proven);
        Assert.Equal((true, false), (clumped.Proven, clumped.ForMode!.Proven));
        Assert.True(clumped.ForMode.FurtherIterations > Length);
    }

    [Theory]
    [InlineData(ProofFor.Mode, Verdict.Inconclusive)]
    [InlineData(ProofFor.Iterations, Verdict.Pass)]
    public void RequireProof_ProvenForTheseIterationsAlone_PassesOnlyAsItWasJudgedBefore(
        ProofFor wanted,
        Verdict expected
    )
    {
        EvidenceRow[] rows = [.. Lineages(GenerationMode.Json, 60, i => i % 10 == 0 ? 0 : Length, first: 1)];
        var inputs = Healthy(Stage.TemplateLibraryOnly, rows) with { RequireProof = true, ProofFor = wanted };

        var report = GateEvaluator.Evaluate(GateDefinition.Default, inputs);

        Assert.Equal(expected, Of(report, JsonSuccessCriterion.Key).Verdict);
    }

    // An error rate is proven from the other side.
    [Fact]
    public void ErrorRate_NoErrorInManyLineages_IsProvenForTheMode()
    {
        EvidenceRow[] rows = [.. Lineages(GenerationMode.Json, 300, _ => Length, first: 1)];

        var inputs = Asked(Stage.FullProduction, rows) with { MinimumTime = TimeSpan.Zero };
        var errors = Of(GateEvaluator.Evaluate(GateDefinition.Default, inputs), ErrorRateCriterion.Key);

        Assert.True(errors.ForMode!.Proven);
    }

    // What asks for no proof of a mode, such as the replay of an older judgement, is told nothing of it.
    [Fact]
    public void Evaluate_ProofForIterations_SaysNothingOfTheMode()
    {
        var rows = Both(100, json: 5, full: 1);

        var report = GateEvaluator.Evaluate(GateDefinition.Default, Healthy(Stage.Hybrid, rows));

        Assert.All(report.Criteria, criterion => Assert.Null(criterion.ForMode));
    }

    private static GateInputs Asked(Stage stage, EvidenceRow[] rows) =>
        Healthy(stage, rows) with
        {
            ProofFor = ProofFor.Mode,
        };

    private static CriterionResult Ratio(EvidenceRow[] rows) =>
        Of(GateEvaluator.Evaluate(GateDefinition.Default, Asked(Stage.Hybrid, rows)), SuccessRatioCriterion.Key);

    private static CriterionResult JsonSuccess(EvidenceRow[] rows) =>
        Of(
            GateEvaluator.Evaluate(GateDefinition.Default, Asked(Stage.TemplateLibraryOnly, rows)),
            JsonSuccessCriterion.Key
        );

    private static CriterionResult Of(GateReport report, string key) =>
        report.Criteria.Single(criterion => criterion.Key == key);

    private static EvidenceRow[] Both(int lineages, int json, int full) =>
        [
            .. Lineages(GenerationMode.Json, lineages, _ => json, first: 1)
                .Concat(Lineages(GenerationMode.FullCode, lineages, _ => full, first: 2))
                .OrderBy(row => row.Number),
        ];

    private static IEnumerable<EvidenceRow> Lineages(
        GenerationMode mode,
        int lineages,
        Func<int, int> successes,
        long first
    ) =>
        from lineage in Enumerable.Range(0, lineages)
        let own = new EvidenceLineage((2 * lineage) + (int)mode + 1, lineage + 1, Length)
        from place in Enumerable.Range(0, Length)
        select Row(mode, first + (2 * ((lineage * Length) + place)), place < successes(lineage)) with
        {
            Lineage = own,
            LineagePosition = place + 1,
            SegmentKey = "1",
        };
}
