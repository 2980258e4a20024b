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
    public static EffectiveSampleSize FromClusters(IEnumerable<int> sizes)
    {
        var clusters = sizes.Where(size => size > 0).ToArray();
        var n = clusters.Sum();
        if (n == 0)
        {
            return new EffectiveSampleSize(0, 0, 0, 0, 0);
        }

        var squares = clusters.Sum(size => (double)size * size);
        var entropy = clusters.Sum(size => -(double)size / n * Math.Log2((double)size / n));
        return new EffectiveSampleSize(n, clusters.Length, (double)n * n / squares, (double)clusters.Max() / n, Math.Max(0, entropy));
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
