using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Tests.Decisions;

public sealed class DecisionJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("decision-journal-").FullName;
    private readonly DataDirectory _data;
    private readonly DecisionJournal _journal;

    public DecisionJournalTests()
    {
        _data = new DataDirectory(_folder);
        _journal = new DecisionJournal(_data);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Last_NoFile_IsNone() => Assert.Null(_journal.Last());

    // What it was judged by makes a record far longer than one look at the end of the file.
    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 1_000_000)]
    [InlineData(1_000_000, 10)]
    [InlineData(65_000, 65_536)]
    public void Last_OfAnyLength_IsThatOfTheWholeFile(int first, int second)
    {
        _journal.Append([Record(1, first), Record(2, second)]);

        Assert.Equal(2, _journal.Last()!.Sequence);
        Assert.Equal(_journal.Read()[^1].InputsJson, _journal.Last()!.InputsJson);
    }

    [Fact]
    public void Last_OnlyOne_IsThat()
    {
        _journal.Append([Record(7, 200_000)]);

        Assert.Equal(7, _journal.Last()!.Sequence);
    }

    [Theory]
    [InlineData("{\"Sequence\":3,\"Te")]
    [InlineData("")]
    public void Append_LastLineCutByACrash_GoesOnBehindTheWholeOnes(string cut)
    {
        _journal.Append([Record(1, 10), Record(2, 10)]);
        File.AppendAllText(_data.Journal, cut);
        Assert.Equal(2, _journal.Last()!.Sequence);

        _journal.Append([Record(2, 10), Record(3, 10)]);

        Assert.Equal([1, 2, 3], _journal.Read().Select(record => record.Sequence));
        Assert.Equal(3, _journal.Last()!.Sequence);
    }

    [Fact]
    public void Last_NothingButACutLine_IsNone()
    {
        File.WriteAllText(_data.Journal, "{\"Sequence\":1");

        Assert.Null(_journal.Last());
    }

    private static DecisionRecord Record(long sequence, int length) =>
        new()
        {
            Sequence = sequence,
            RolloutId = 1,
            At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            Kind = "promotion",
            Actor = "olga",
            Text = "Promoted.",
            InputsJson = $"{{\"judged\":\"{new string('x', length)}\"}}",
            PreviousHash = "",
            Hash = "",
        };
}
