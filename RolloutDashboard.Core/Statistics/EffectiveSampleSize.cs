using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Repeated strategies are no independent evidence.</summary>
/// <param name="Count">Iterations.</param>
/// <param name="Distinct">Distinct strategies among them.</param>
/// <param name="Effective">n^2 / sum of squared cluster sizes (Kish); 0 for nothing.</param>
/// <param name="LargestShare">Share of the most frequent strategy; 0 for nothing.</param>
/// <param name="Entropy">Shannon entropy of the strategies, in bits.</param>
public sealed record EffectiveSampleSize(int Count, int Distinct, double Effective, double LargestShare, double Entropy)
{
    /// <summary>From the sizes of the clusters, one per distinct strategy.</summary>
    public static EffectiveSampleSize FromClusters(IEnumerable<int> sizes) => FromClusters(sizes.ToArray(), 0);

    /// <summary>The same with <paramref name="alone"/> more clusters of one.</summary>
    internal static EffectiveSampleSize FromClusters(ReadOnlySpan<int> sizes, int alone)
    {
        var (n, distinct, largest, squares) = (alone, alone, Math.Min(alone, 1), (double)alone);
        foreach (var size in sizes)
        {
            if (size > 0)
            {
                n = checked(n + size);
                distinct++;
                largest = Math.Max(largest, size);
                squares += (double)size * size;
            }
        }

        if (n == 0)
        {
            return new EffectiveSampleSize(0, 0, 0, 0, 0);
        }

        var entropy = alone * (Math.Log2(n) / n);
        foreach (var size in sizes)
        {
            entropy += size > 0 ? -(double)size / n * Math.Log2((double)size / n) : 0;
        }

        return new EffectiveSampleSize(n, distinct, (double)n * n / squares, (double)largest / n, Math.Max(0, entropy));
    }

    /// <summary>From fingerprints; each null (no strategy came out) is its own cluster.</summary>
    public static EffectiveSampleSize FromFingerprints(IEnumerable<string?> fingerprints)
    {
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        var alone = 0;
        foreach (var fingerprint in fingerprints)
        {
            if (fingerprint is null)
            {
                alone++;
            }
            else
            {
                CollectionsMarshal.GetValueRefOrAddDefault(named, fingerprint, out _)++;
            }
        }

        return FromClusters(named.Values.Concat(Enumerable.Repeat(1, alone)));
    }
}
