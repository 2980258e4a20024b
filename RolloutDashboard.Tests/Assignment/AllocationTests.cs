using RolloutDashboard.Core.Assignment;

namespace RolloutDashboard.Tests.Assignment;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.8, 16)]
    [InlineData(0.95, 19)]
    [InlineData(0.7, 14)]
    [InlineData(0, 0)]
    [InlineData(1, 20)]
    public void IsJson_EachBlock_HoldsExactlyTheShare(double share, int expected)
    {
        for (var block = 0; block < 50; block++)
        {
            var json = Enumerable.Range(block * 20, 20).Count(slot => BlockAllocation.IsJson("seed", slot, share));

            Assert.Equal(expected, json);
        }
    }

    [Fact]
    public void IsJson_ShareThatDoesNotDivide_CarriesTheRestOver()
    {
        // 33 % of 20 is 6.6: after five blocks exactly 33 of 100.
        var json = Enumerable.Range(0, 100).Count(slot => BlockAllocation.IsJson("seed", slot, 0.33));

        Assert.Equal(33, json);
    }

    [Fact]
    public void IsJson_SameSeedAndSlot_IsAlwaysTheSame_AndSeedsDiffer()
    {
        var one = Enumerable.Range(0, 200).Select(slot => BlockAllocation.IsJson("a", slot, 0.5)).ToList();
        var again = Enumerable.Range(0, 200).Select(slot => BlockAllocation.IsJson("a", slot, 0.5)).ToList();
        var other = Enumerable.Range(0, 200).Select(slot => BlockAllocation.IsJson("b", slot, 0.5)).ToList();

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void IsJson_Positions_AreUniformInTheBlock()
    {
        // 2,000 blocks at 50 %: each position is JSON 1,000 times, standard deviation 22; five of them is far out.
        for (var position = 0; position < 20; position++)
        {
            var json = Enumerable
                .Range(0, 2000)
                .Count(block => BlockAllocation.IsJson("seed", (block * 20L) + position, 0.5));

            Assert.InRange(json, 888, 1112);
        }
    }

    [Fact]
    public void HashAllocation_Half_IsUnbiased()
    {
        var json = Enumerable
            .Range(0, 20_000)
            .Count(key =>
                HashAllocation.IsJson("salt", key.ToString(System.Globalization.CultureInfo.InvariantCulture), 0.5)
            );

        Assert.InRange(json / 20_000.0, 0.482, 0.518);
    }

    [Fact]
    public void HashAllocation_RaisedShare_MovesKeysToJsonOnly()
    {
        var keys = Enumerable.Range(0, 5000).Select(key => $"key-{key}").ToList();

        Assert.DoesNotContain(keys, key =>
            HashAllocation.IsJson("salt", key, 0.5) && !HashAllocation.IsJson("salt", key, 0.8)
        );
        Assert.Contains(keys, key =>
            !HashAllocation.IsJson("salt", key, 0.5) && HashAllocation.IsJson("salt", key, 0.8)
        );
    }

    [Fact]
    public void UniformHash_KnownText_KeepsItsValue()
    {
        // First 53 bits of SHA-256("salt\0key") as a fraction; a change here would move running rollouts.
        Assert.Equal(Expected("salt", "key"), UniformHash.Of("salt", "key"));
    }

    private static double Expected(string salt, string key)
    {
        var hex = Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(salt + "\0" + key))
        );
        return (Convert.ToUInt64(hex[..16], 16) >> 11) / Math.Pow(2, 53);
    }
}
