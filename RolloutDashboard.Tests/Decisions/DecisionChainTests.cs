using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Decisions;

public sealed class DecisionChainTests
{
    [Fact]
    public void Verify_WholeChain_FindsNothing() => Assert.Empty(DecisionChain.Verify(Chain(5)));

    [Fact]
    public void Verify_ChangedText_NamesTheRecord()
    {
        var chain = Chain(5);
        chain[2].Text = "something else";

        Assert.Equal(3, Assert.Single(DecisionChain.Verify(chain)).Sequence);
    }

    [Fact]
    public void Verify_ChangedTextWithNewHash_BreaksTheNextLink()
    {
        var chain = Chain(5);
        chain[2].Text = "something else";
        chain[2].Hash = DecisionChain.HashOf(chain[2]);

        Assert.Equal(4, Assert.Single(DecisionChain.Verify(chain)).Sequence);
    }

    [Fact]
    public void Verify_RecordMissing_IsFound()
    {
        var chain = Chain(5);
        chain.RemoveAt(1);

        Assert.NotEmpty(DecisionChain.Verify(chain));
    }

    [Fact]
    public void HashOf_TextMovedBetweenFields_Differs()
    {
        var one = Chain(1)[0];
        var other = Chain(1)[0];
        (one.Actor, one.Text) = ("ab", "c");
        (other.Actor, other.Text) = ("a", "bc");

        Assert.NotEqual(DecisionChain.HashOf(one), DecisionChain.HashOf(other));
    }

    [Fact]
    public async Task Journal_LineCutByACrash_IsMendedByTheNextAppend()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();
        var bytes = await File.ReadAllBytesAsync(rollout.Data.Journal, TestRollout.Token);
        await File.WriteAllBytesAsync(rollout.Data.Journal, bytes[..^20], TestRollout.Token);

        await rollout.Transitions.CatchUpJournalAsync(TestRollout.Token);

        await using var db = rollout.Db();
        var stored = await db
            .Decisions.OrderBy(one => one.Sequence)
            .Select(one => one.Hash)
            .ToListAsync(TestRollout.Token);
        Assert.Equal(stored, rollout.Journal.Read().Select(one => one.Hash));
    }

    [Fact]
    public async Task Journal_AppendTwice_ChangesNothing()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var before = await File.ReadAllBytesAsync(rollout.Data.Journal, TestRollout.Token);

        rollout.Journal.Append(rollout.Journal.Read());

        Assert.Equal(before, await File.ReadAllBytesAsync(rollout.Data.Journal, TestRollout.Token));
    }

    private static List<DecisionRecord> Chain(int count)
    {
        var chain = new List<DecisionRecord>();
        for (var i = 0; i < count; i++)
        {
            chain.Add(
                DecisionChain.Next(
                    chain.LastOrDefault(),
                    1,
                    new DecisionDraft("kind", "actor", $"text {i}", null, new { i }),
                    DateTimeOffset.UnixEpoch.AddHours(i)
                )
            );
        }

        return chain;
    }
}
