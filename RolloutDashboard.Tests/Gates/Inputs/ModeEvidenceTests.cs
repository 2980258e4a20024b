using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Gates.Inputs;

public sealed class ModeEvidenceTests
{
    [Fact]
    public void Of_TwoArmsAndAMutation_CountsLineagesByCompletion()
    {
        var (slow, quick) = (new EvidenceLineage(3, 1, 2), new EvidenceLineage(4, 1, 2));
        EvidenceRow[] rows =
        [
            Row(1, slow, GenerationMode.Json, success: true),
            Row(2, quick, GenerationMode.FullCode, success: false),
            EvidenceRows.Row(GenerationMode.FullCode, 3, success: true) with
            {
                Kind = IterationKind.Mutation,
            },
            Row(4, quick, GenerationMode.FullCode, success: true),
            Row(5, slow, GenerationMode.Json, success: true),
        ];

        var evidence = ModeEvidence.Of([], rows);

        Assert.Equal(
            [
                new LineageUnit("1", false, 1, 2, 2, UnitEnd.Complete),
                new LineageUnit("1", true, 2, 2, 2, UnitEnd.Complete),
            ],
            evidence.Lineages(row => row.Succeeded)
        );
        Assert.Equal(2, evidence.Length);
        Assert.Equal(2, Assert.Single(evidence.Lineages(GenerationMode.Json, row => row.Succeeded)).Successes);
    }

    public static TheoryData<string, UnitEnd> Ends =>
        new()
        {
            { "finished", UnitEnd.Complete },
            { "lost", UnitEnd.Complete },
            { "running", UnitEnd.Open },
            { "missing", UnitEnd.Open },
            { "cancelled", UnitEnd.CutByOutcome },
            { "other segment", UnitEnd.CutByOutcome },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Of_LastPlace_EndsTheLineage(string end, UnitEnd expected)
    {
        var rows = Three(new EvidenceLineage(1, 1, 3));
        rows[2] = end switch
        {
            "lost" => rows[2] with { Status = IterationStatus.Lost },
            "running" => rows[2] with { Status = IterationStatus.Running, EndedAt = null },
            "cancelled" => rows[2] with { Status = IterationStatus.Cancelled },
            "other segment" => rows[2] with { SegmentKey = "2" },
            _ => rows[2],
        };

        var evidence = ModeEvidence.Of([], end == "missing" ? rows[..2] : rows);

        Assert.Equal(expected, Assert.Single(evidence.Lineages(row => row.Succeeded)).End);
    }

    // What an attempt left undone may have been stopped for what came out of it.
    [Fact]
    public void Of_EarlierAttempt_ShortLineagesCountAgainstTheClaim()
    {
        var earlier = Three(new EvidenceLineage(1, 1, 5));

        var cut = Assert.Single(ModeEvidence.Of(earlier, []).Lineages(row => row.Succeeded));

        Assert.Equal(new LineageUnit("1", true, 3, 3, 5, UnitEnd.CutByOutcome), cut);
        Assert.Equal(0.6, Assert.Single(LineageValues.AgainstJson([cut])).Value);
    }

    [Fact]
    public void Of_EndlessChain_IsNoUnit()
    {
        var evidence = ModeEvidence.Of([], Three(new EvidenceLineage(1, 1, PlannedLength: 0)));

        Assert.Empty(evidence.Lineages(row => row.Succeeded));
        Assert.Equal(0, evidence.Length);
    }

    /// <summary>A stored judgement is replayed over rows that have ended since; it sees what was complete
    /// then.</summary>
    [Fact]
    public void Of_RowsAsAJudgementSawThem_IsWhatItWasThen()
    {
        var now = Three(new EvidenceLineage(1, 1, 3));
        var then = new EvidenceSnapshot(Attempt: 1, UpTo: 3, Running: [3]);

        Assert.Equal(UnitEnd.Complete, Only(now).End);
        Assert.Equal(UnitEnd.Open, Only([.. then.AsSeen(now)]).End);
    }

    private static LineageUnit Only(IReadOnlyList<EvidenceRow> rows) =>
        Assert.Single(ModeEvidence.Of([], rows).Lineages(row => row.Succeeded));

    private static EvidenceRow[] Three(EvidenceLineage lineage) =>
        [.. Enumerable.Range(1, 3).Select(number => Row(number, lineage, GenerationMode.Json, success: true))];

    private static EvidenceRow Row(long number, EvidenceLineage lineage, GenerationMode mode, bool success) =>
        EvidenceRows.Row(mode, number, success) with
        {
            Lineage = lineage,
            LineagePosition = 1,
            SegmentKey = "1",
        };
}
