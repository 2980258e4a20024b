using System.Globalization;
using System.Text;

namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Deterministic hashes and buckets by which experiment platforms assign keys to variations.</summary>
public static class HashBuckets
{
    /// <summary>MurmurHash3 x86 32 bit of the UTF-8 bytes.</summary>
    public static uint Murmur3(string text, uint seed = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = seed;
        var blocks = bytes.Length / 4;
        for (var block = 0; block < blocks; block++)
        {
            hash = uint.RotateLeft(hash ^ Mix(BitConverter.ToUInt32(bytes, block * 4)), 13) * 5 + 0xe6546b64;
        }

        uint tail = 0;
        for (var index = bytes.Length - 1; index >= blocks * 4; index--)
        {
            tail = (tail << 8) | bytes[index];
        }

        hash ^= Mix(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);

        static uint Mix(uint part) => uint.RotateLeft(part * 0xcc9e2d51, 15) * 0x1b873593;
    }

    /// <summary>FNV-1a 32 bit of the UTF-8 bytes.</summary>
    public static uint Fnv1a(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(0x811c9dc5, (hash, value) => (hash ^ value) * 0x01000193);

    /// <summary>Position in [0, 1): version 1 in steps of 0.001, version 2 in steps of 0.0001 and without version 1's
    /// bias.</summary>
    public static double Position(string seed, string value, int version) =>
        version switch
        {
            1 => Fnv1a(value + seed) % 1000 / 1000.0,
            2 => Fnv1a(Fnv1a(seed + value).ToString(CultureInfo.InvariantCulture)) % 10000 / 10000.0,
            _ => throw new ArgumentOutOfRangeException(nameof(version), version, "There are the versions 1 and 2."),
        };

    /// <summary>
    /// Half-open ranges by weight, each shortened to the coverage (0 to 1). Weights that are missing, of another
    /// number, or do not sum to about 1 count as equal.
    /// </summary>
    public static IReadOnlyList<(double Low, double High)> Ranges(
        int variations,
        double coverage,
        IReadOnlyList<double>? weights
    )
    {
        var covered = Math.Clamp(coverage, 0, 1);
        var usable = weights is not null && weights.Count == variations && weights.Sum() is >= 0.99 and <= 1.01;
        var ranges = new List<(double, double)>();
        var start = 0.0;
        for (var index = 0; index < variations; index++)
        {
            var weight = usable ? weights![index] : 1.0 / variations;
            ranges.Add((start, start + (covered * weight)));
            start += weight;
        }

        return ranges;
    }

    /// <summary>Index of the range that holds the position; -1 if none does.</summary>
    public static int Choose(double position, IReadOnlyList<(double Low, double High)> ranges)
    {
        for (var index = 0; index < ranges.Count; index++)
        {
            if (position >= ranges[index].Low && position < ranges[index].High)
            {
                return index;
            }
        }

        return -1;
    }
}
