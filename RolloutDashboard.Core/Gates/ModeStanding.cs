using RolloutDashboard.Core.Statistics.Lineages;

namespace RolloutDashboard.Core.Gates;

/// <summary>Whether a target is proven for the mode and not only for the iterations seen: the bound holds at every look
/// over lineages, which share no memory.</summary>
/// <param name="Lineages">Units behind it.</param>
/// <param name="FurtherIterations">Expected iterations of all modes until it is proven, at the rates seen so far; 0
/// when it is, null if never or beyond what is looked at.</param>
public sealed record ModeStanding(bool Proven, int Lineages, long? FurtherIterations)
{
    /// <summary>Of means over lineages, each of them one value.</summary>
    internal static ModeStanding OfMeans(
        IReadOnlyList<double> means,
        double target,
        int length,
        double? iterationsPerRow
    )
    {
        var proof = Proof.OfMean(means, target, length * iterationsPerRow);
        return new ModeStanding(proof.Proven, means.Count, proof.FurtherIterations);
    }

    internal static ModeStanding Of(ModeDecision proof, int length, double? iterationsPerRow) =>
        new(
            proof.Proven,
            proof.Units,
            proof.Proven ? 0
                : proof.FurtherLineages is { } lineages && iterationsPerRow is { } per
                    ? (long)Math.Ceiling(lineages * length * per)
                : null
        );
}
