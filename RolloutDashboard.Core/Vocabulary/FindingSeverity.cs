namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How much a finding of the evidence checks weighs.</summary>
public enum FindingSeverity
{
    Info = 0,
    Warning = 1,

    /// <summary>Blocks promotion until fixed, or dismissed with a reason by a person.</summary>
    Blocking = 2,
}
