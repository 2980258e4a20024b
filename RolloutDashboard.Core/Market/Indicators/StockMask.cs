using System.Runtime.Intrinsics;

namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>A yes or no per stock, eight to a byte.</summary>
public readonly ref struct StockMask(ReadOnlySpan<byte> bytes)
{
    private const int Width = 8;

    /// <summary>What a vector holds on any machine; wider ones are emulated where the processor lacks them.</summary>
    private const int Half = 4;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool this[int stock] => (Bytes[stock / Width] & (1 << (stock % Width))) != 0;

    /// <summary>Bytes that so many stocks take.</summary>
    public static int Length(int stocks) => (stocks + Width - 1) / Width;

    /// <summary>Sets the bit of each stock whose value is above its average, by more than <paramref name="margin"/> of
    /// it; not where either is missing.</summary>
    public static void WriteAbove(
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> averages,
        double margin,
        Span<byte> bytes
    )
    {
        averages = averages[..values.Length];
        var i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            bytes[i / Width] = (byte)(
                Above(values[i..], averages[i..], margin)
                | (Above(values[(i + Half)..], averages[(i + Half)..], margin) << Half)
            );
        }

        if (i < values.Length)
        {
            var rest = 0;
            for (var bit = 0; i + bit < values.Length; bit++)
            {
                rest |= values[i + bit] > averages[i + bit] + (Math.Abs(averages[i + bit]) * margin) ? 1 << bit : 0;
            }

            bytes[i / Width] = (byte)rest;
        }
    }

    /// <summary>Copies the values of the stocks whose bit is set, and <paramref name="otherwise"/> for the
    /// rest.</summary>
    public void Select(ReadOnlySpan<double> values, double otherwise, Span<double> target)
    {
        target = target[..values.Length];
        Vector256<long> low = Vector256.Create(1L, 2, 4, 8),
            high = Vector256.Create(16L, 32, 64, 128);
        var other = Vector256.Create(otherwise);
        var i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            var bits = Vector256.Create((long)Bytes[i / Width]);
            Vector256<double> first = Vector256.Create(values[i..]),
                second = Vector256.Create(values[(i + Half)..]);
            Vector256.ConditionalSelect(Vector256.Equals(bits & low, low).AsDouble(), first, other).CopyTo(target[i..]);
            Vector256
                .ConditionalSelect(Vector256.Equals(bits & high, high).AsDouble(), second, other)
                .CopyTo(target[(i + Half)..]);
        }

        for (; i < values.Length; i++)
        {
            target[i] = this[i] ? values[i] : otherwise;
        }
    }

    private static uint Above(ReadOnlySpan<double> values, ReadOnlySpan<double> averages, double margin)
    {
        var average = Vector256.Create(averages);
        return Vector256
            .GreaterThan(Vector256.Create(values), average + (Vector256.Abs(average) * margin))
            .ExtractMostSignificantBits();
    }
}
