using System.Numerics;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>The smallest hashes of a set's records: enough to see how much of it another set holds, without reading
/// either again.</summary>
internal sealed class RecordSketch
{
    public const int Size = 256;
    private readonly SortedSet<ulong> _smallest = [];

    /// <summary>The hashes, ascending.</summary>
    public IReadOnlyList<ulong> Hashes => [.. _smallest];

    /// <summary>Takes a record in; one that holds nothing of its own, such as a bare number, says nothing.</summary>
    public void Add(DerivedRecord record)
    {
        if (record is { Fingerprint: null, At: null, Declared: { SharpeRatio: null, TotalReturn: null } })
        {
            return;
        }

        var hash = Mixed(
            Mixed(Mixed((ulong)record.Number, (ulong)(record.At?.UtcTicks ?? 0)), Bits(record.Declared.SharpeRatio)),
            Bits(record.Declared.TotalReturn)
        );
        foreach (var symbol in record.Fingerprint ?? "")
        {
            hash = Mixed(hash, symbol);
        }

        if (_smallest.Count < Size)
        {
            _smallest.Add(hash);
        }
        else if (hash < _smallest.Max && _smallest.Add(hash))
        {
            _smallest.Remove(_smallest.Max);
        }
    }

    /// <returns>Share of the first set's records that the second holds too; null where too few were compared.</returns>
    public static double? Share(IReadOnlyList<ulong> of, IReadOnlyList<ulong> within)
    {
        const int Fewest = 8;
        if (of.Count == 0 || within.Count == 0)
        {
            return null;
        }

        var bound = Math.Min(
            of.Count == Size ? of[^1] : ulong.MaxValue,
            within.Count == Size ? within[^1] : ulong.MaxValue
        );
        var compared = of.Where(hash => hash <= bound).ToArray();
        var known = within.ToHashSet();
        return compared.Length < Math.Min(Fewest, of.Count)
            ? null
            : (double)compared.Count(known.Contains) / compared.Length;
    }

    private static ulong Bits(double? number) => number is { } given ? BitConverter.DoubleToUInt64Bits(given) : 1;

    // The finalizer of splitmix64.
    private static ulong Mixed(ulong hash, ulong value)
    {
        hash = (BitOperations.RotateLeft(hash, 5) ^ value) + 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
