namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How a share becomes modes.</summary>
public enum AllocationKind
{
    /// <summary>Permuted blocks of 20 that hold exactly the share.</summary>
    Blocks,

    /// <summary>Uniform hash of salt and key.</summary>
    Hash,
}
