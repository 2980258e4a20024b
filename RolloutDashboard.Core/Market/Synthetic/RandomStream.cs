using System.Numerics;

namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>
/// Random numbers that are the same on every system and in every thread order: xoshiro256** (Blackman and Vigna 2018),
/// its state filled by SplitMix64 from the seed, a purpose and an index, so that each stock draws from a stream of its
/// own.
/// </summary>
internal sealed class RandomStream
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double _spare;
    private bool _hasSpare;

    public RandomStream(int seed, int purpose, int index)
    {
        var state = Mix((uint)seed + 0x9E3779B97F4A7C15UL);
        state = Mix(state ^ ((ulong)(uint)purpose << 32 | (uint)index));
        _a = Next(ref state);
        _b = Next(ref state);
        _c = Next(ref state);
        _d = Next(ref state);
    }

    /// <summary>Uniform in (0, 1), never 0 or 1.</summary>
    public double Uniform() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Standard normal, by the polar method of Marsaglia and Bray (1964).</summary>
    public double Normal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double x,
            y,
            square;
        do
        {
            x = (2 * Uniform()) - 1;
            y = (2 * Uniform()) - 1;
            square = (x * x) + (y * y);
        } while (square >= 1 || square == 0);

        var scale = Math.Sqrt(-2 * PortableMath.Log(square) / square);
        _spare = y * scale;
        _hasSpare = true;
        return x * scale;
    }

    /// <summary>An integer from 0 to <paramref name="count"/> - 1.</summary>
    public int Index(int count) => Math.Min(count - 1, (int)(Uniform() * count));

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }
}
