namespace RolloutDashboard.Core.Assignment;

/// <summary>Hash allocation for keys from outside: JSON when the hash is below the share, so raising it moves keys to
/// JSON only.</summary>
public static class HashAllocation
{
    public static bool IsJson(string salt, string key, double share) => UniformHash.Of(salt, key) < share;
}
