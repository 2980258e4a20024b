using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Llm;

/// <summary>Choices that depend on a text alone: the same on every machine and run (SplitMix64 over the text's
/// SHA-256).</summary>
public sealed class SeededChoices(string text)
{
    private ulong _state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(Next(), (ulong)count, out _);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    public T Pick<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>Some of the values, each at most once, in random order.</summary>
    public IReadOnlyList<T> PickSome<T>(IReadOnlyList<T> values, int count)
    {
        var left = values.ToList();
        var picked = new List<T>();
        while (picked.Count < count && left.Count > 0)
        {
            var index = Below(left.Count);
            picked.Add(left[index]);
            left.RemoveAt(index);
        }

        return picked;
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
