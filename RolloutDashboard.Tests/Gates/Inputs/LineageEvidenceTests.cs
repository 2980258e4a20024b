using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Gates.Inputs;

public sealed class LineageEvidenceTests
{
    [Fact]
    public void Of_RowsOfTwoArmsAndAMutation_GroupsByLineageInOrderOfPosition()
    {
        var (json, full) = (new EvidenceLineage(3, 1, 2), new EvidenceLineage(4, 1, 2));

        var lineages = LineageEvidence.Of([
            Row(1, json, 1),
            Row(2, full, 1, GenerationMode.FullCode),
            EvidenceRows.Row(GenerationMode.FullCode, 3, success: true) with
            {
                Kind = IterationKind.Mutation,
            },
            Row(4, json, 2),
        ]);

        Assert.Equal(
            [(3L, GenerationMode.Json, "1 4", true), (4L, GenerationMode.FullCode, "2", false)],
            lineages.Select(one =>
                (one.Lineage.Id, one.Mode, string.Join(' ', one.Rows.Select(row => row.Number)), one.IsComplete)
            )
        );
    }

    public static TheoryData<string, bool> Ends =>
        new()
        {
            { "finished", true },
            { "lost", true },
            { "running", false },
            { "cancelled", false },
            { "other segment", false },
            { "missing", false },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void IsComplete_LastPlace_HasToCountInTheSameSegment(string end, bool complete)
    {
        var lineage = new EvidenceLineage(1, 1, 3);
        EvidenceRow[] rows = [Row(1, lineage, 1), Row(2, lineage, 2), Row(3, lineage, 3)];
        rows[2] = end switch
        {
            "lost" => rows[2] with { Status = IterationStatus.Lost },
            "running" => rows[2] with { Status = IterationStatus.Running, EndedAt = null },
            "cancelled" => rows[2] with { Status = IterationStatus.Cancelled },
            "other segment" => rows[2] with { SegmentKey = "2" },
            _ => rows[2],
        };

        var evidence = Assert.Single(LineageEvidence.Of(end == "missing" ? rows[..2] : rows));

        Assert.Equal(complete, evidence.IsComplete);
        Assert.Equal(end == "running" ? null : evidence.Rows[^1].EndedAt, evidence.EndedAt);
    }

    [Fact]
    public void IsComplete_EndlessLineage_Never()
    {
        var lineage = new EvidenceLineage(1, 1, PlannedLength: 0);

        Assert.False(Assert.Single(LineageEvidence.Of([Row(1, lineage, 1)])).IsComplete);
    }

    /// <summary>A stored judgement is replayed over rows that have ended since; it sees what was complete
    /// then.</summary>
    [Fact]
    public void IsComplete_RowsAsAJudgementSawThem_IsWhatItWasThen()
    {
        var lineage = new EvidenceLineage(1, 1, 2);
        EvidenceRow[] now = [Row(1, lineage, 1), Row(2, lineage, 2)];
        var then = new EvidenceSnapshot(Attempt: 1, UpTo: 2, Running: [2]);

        Assert.True(Assert.Single(LineageEvidence.Of(now)).IsComplete);
        Assert.False(Assert.Single(LineageEvidence.Of(then.AsSeen(now))).IsComplete);
    }

    private static EvidenceRow Row(
        long number,
        EvidenceLineage lineage,
        int position,
        GenerationMode mode = GenerationMode.Json
    ) =>
        EvidenceRows.Row(mode, number, success: true) with
        {
            Lineage = lineage,
            LineagePosition = position,
            SegmentKey = "1",
        };
}
