namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>Chance that at least one of several claims is wrongly called proven (Boole's inequality). It holds however
/// the claims depend on each other, and at all looks if each of them does.</summary>
public static class FamilyError
{
    /// <summary>Upper bound: the sum of the claims' errors, at most 1.</summary>
    public static double Bound(IEnumerable<double> alphas)
    {
        ArgumentNullException.ThrowIfNull(alphas);
        return Math.Min(1, alphas.Sum());
    }

    /// <summary>Error of each of <paramref name="claims"/> (at least 1) so that the bound is
    /// <paramref name="wanted"/>.</summary>
    public static double Share(double wanted, int claims)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(claims, 1);
        return wanted / claims;
    }
}
