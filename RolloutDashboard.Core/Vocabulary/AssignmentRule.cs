namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Which rule gave an iteration its mode.</summary>
public enum AssignmentRule
{
    /// <summary>Nobody knows, for example since the record was lost in a restore.</summary>
    Unknown = 0,

    /// <summary>Drawn by the configured share; the only one that a share can be held against.</summary>
    Share = 1,

    /// <summary>By where the request came from.</summary>
    Source = 2,

    /// <summary>By <c>json_mode_default</c>.</summary>
    Default = 3,

    /// <summary>JSON was switched off, or its stage uses none.</summary>
    JsonOff = 4,

    /// <summary>A mutation: it belongs to no arm.</summary>
    NoArm = 5,
}
