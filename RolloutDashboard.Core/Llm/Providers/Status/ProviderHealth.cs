namespace RolloutDashboard.Core.Llm.Providers.Status;

/// <summary>How a provider does, in words a page can show.</summary>
public enum ProviderHealth
{
    /// <summary>Not asked yet.</summary>
    Idle,

    Working,

    /// <summary>Its last question failed.</summary>
    Failing,

    /// <summary>Left alone until <see cref="ProviderStatus.RetryAt"/>.</summary>
    LeftAlone,

    /// <summary>Not usable as configured; the last error says why.</summary>
    NotConfigured,
}
