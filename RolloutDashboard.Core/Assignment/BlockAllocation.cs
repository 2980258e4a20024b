using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Assignment;

/// <summary>Permuted blocks: every block of 20 slots holds the share exactly, what is left over goes to the next
/// block.</summary>
public static class BlockAllocation
{
    public const int BlockSize = 20;

    /// <summary>Whether a slot gets JSON.</summary>
    /// <param name="seed">Rollout salt, environment, configuration version and source: a change of any starts new
    /// blocks.</param>
    /// <param name="slot">0, 1, 2 ... within that seed.</param>
    /// <param name="share">0 to 1.</param>
    public static bool IsJson(string seed, long slot, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        var block = slot / BlockSize;
        var json = (int)(Through(block + 1, share) - Through(block, share));
        return Permutation(seed, block)[(int)(slot % BlockSize)] < json;
    }

    // Whole JSON slots in the first blocks; the addend keeps 0.7 x 20 from being 13.
    private static long Through(long blocks, double share) => (long)Math.Floor((blocks * BlockSize * share) + 1e-9);

    private static int[] Permutation(string seed, long block)
    {
        var order = Enumerable.Range(0, BlockSize).ToArray();
        var bytes = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\0block\0{block}"))
        );
        for (var i = BlockSize - 1; i > 0; i--)
        {
            // One byte a draw would be biased by up to 1/13; hashing (bytes, i) to 64 bits leaves 1e-18.
            var pick = (int)(UniformHash.Of(bytes, i) * (i + 1));
            (order[i], order[pick]) = (order[pick], order[i]);
        }

        return order;
    }
}
