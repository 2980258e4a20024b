namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>The null p1 &lt;= <paramref name="Offset"/> + <paramref name="Ratio"/> * p0, of the mean rates of JSON and
/// full code over complete lineages: what a claim "better than" must refute.</summary>
/// <param name="Ratio">Above 0.</param>
/// <param name="Offset">0 for a ratio; for a difference the ratio is 1.</param>
public readonly record struct ContrastNull(double Ratio, double Offset = 0)
{
    /// <summary>The null p1 >= offset + ratio * p0 of the claim "worse than", over 1 - each value.</summary>
    public ContrastNull Mirrored() => new(Ratio, 1 - Offset - Ratio);

    /// <summary>Largest p1 that it allows at a p0.</summary>
    internal double Limit(double p0) => Offset + (Ratio * p0);

    /// <summary>Smallest p0 at which it allows anything.</summary>
    internal double Least => Math.Clamp(-Offset / Ratio, 0, 1);

    /// <summary>From this p0 on it allows every p1, so that only full code can refute it.</summary>
    internal double Most => Math.Clamp((1 - Offset) / Ratio, 0, 1);

    /// <summary>p1 - ratio * p0 is never as low as this.</summary>
    internal bool IsImpossible => Offset < -Ratio;

    /// <summary>p1 - ratio * p0 is never above this.</summary>
    internal bool IsCertain => Offset >= 1;
}
