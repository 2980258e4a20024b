using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Gates.Inputs;

public sealed class ChunkedListTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(12_300)]
    public void Of_AnyNumberOfRows_HoldsThemInTheirOrder(int count)
    {
        var rows = Enumerable.Range(0, count).Select(Row).ToArray();

        var blocks = ChunkedList.Of(rows);

        Assert.Equal(count, blocks.Count);
        Assert.Equal(rows, (IEnumerable<EvidenceRow>)blocks);
        Assert.Equal(rows, Enumerable.Range(0, count).Select(i => blocks[i]));
        var gone = new List<EvidenceRow>();
        foreach (var row in blocks)
        {
            gone.Add(row);
        }

        Assert.Equal(rows, gone);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Indexer_OutsideTheRows_IsRefused(int index)
    {
        var blocks = ChunkedList.Of(Enumerable.Range(0, 3).Select(Row));

        Assert.Throws<ArgumentOutOfRangeException>(() => blocks[index]);
    }

    [Fact]
    public void Evidence_OfRowsInAnyOrder_CountsTheFirstByNumber()
    {
        var rows = Enumerable.Range(0, 9_000).Select(i => Row(i) with { Fingerprint = $"strategy {i % 50}" }).ToArray();
        new Random(7).Shuffle(rows);

        var evidence = ArmEvidence.Of(rows);

        Assert.Equal(Enumerable.Range(0, 9_000).Select(i => (long)i), evidence.Rows.Select(row => row.Number));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => (long)i),
            evidence.FirstOccurrences().Select(row => row.Number)
        );
    }

    private static EvidenceRow Row(int number) =>
        new()
        {
            Number = number,
            AssignedMode = GenerationMode.Json,
            Status = IterationStatus.Finished,
            Level = SuccessLevel.Executed,
            StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        };
}
