using System.Numerics;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>Arithmetic on whole columns.</summary>
internal static class Columns
{
    /// <summary>target += factor * source.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        source = source[..target.Length];
        var wide = MemoryMarshal.Cast<double, Vector<double>>(target);
        var from = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += from[i] * factor;
        }

        for (var i = wide.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>target += value.</summary>
    public static void Add(Span<double> target, double value)
    {
        foreach (ref var item in target)
        {
            item += value;
        }
    }
}
