namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>A claim about a mode without its bounds, for those who ask after each iteration: see
/// <see cref="ModeProof"/>, which says the same of it.</summary>
/// <param name="Proven">The claim's null was refuted, now or at an earlier look.</param>
/// <param name="Units">Lineages that count.</param>
/// <param name="FurtherLineages">Of all arms together, until it is proven at the rates seen so far; 0 if proven, null
/// if never or beyond <see cref="ModeProof.Limit"/>.</param>
public readonly record struct ModeDecision(bool Proven, int Units, long? FurtherLineages)
{
    /// <inheritdoc cref="ModeProof.OfRatio"/>
    public static ModeDecision OfRatio(
        IReadOnlyList<LineageUnit> inOrder,
        double ratio,
        double alpha = ContrastSequence.DefaultAlpha
    )
    {
        var (units, tested) = (LineageValues.AgainstJson(inOrder), new ContrastNull(ratio));
        var proven = ContrastSequence.FirstProof(units, tested, alpha) is not null;
        var counts = ContrastCounts.Of(units);
        return new ModeDecision(
            proven,
            units.Count,
            ModeProof.Further(
                proven,
                units.Count,
                ModeProof.Mean(units, true) > tested.Limit(ModeProof.Mean(units, false)),
                scale => ContrastSequence.LogEvidence(counts.Scaled(scale), tested),
                alpha
            )
        );
    }

    /// <inheritdoc cref="ModeProof.OfRate"/>
    public static ModeDecision OfRate(
        IEnumerable<LineageUnit> ofOneArm,
        double target,
        bool above = true,
        double alpha = ContrastSequence.DefaultAlpha
    )
    {
        // The claim "below" is the claim "above" about what did not happen.
        var rates = ModeProof.Rates([.. ofOneArm], missingSucceed: !above).ConvertAll(rate => above ? rate : 1 - rate);
        var mean = above ? target : 1 - target;
        var proven = BoundedMeanSequence.FirstAbove(rates, mean, alpha) is not null;
        var counts = ValueCounts.Of(rates);
        return new ModeDecision(
            proven,
            rates.Count,
            ModeProof.Further(
                proven,
                rates.Count,
                counts.Total > 0 && counts.Mean > mean,
                scale => BoundedMeanSequence.LogCapital(counts.Scaled(scale), Math.Max(mean, 1e-12)),
                alpha
            )
        );
    }
}
