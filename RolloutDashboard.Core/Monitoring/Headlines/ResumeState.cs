namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>How far a rolled-back stage is on its way back.</summary>
public enum ResumeState
{
    /// <summary>JSON iterations are still ending.</summary>
    Stopping,

    /// <summary>After a crash, no validation can start before full code has been seen to work.</summary>
    Verifying,
    NeedsValidation,
    Validating,
    ValidationFailed,

    /// <summary>Only the resume is missing.</summary>
    Ready,
}
