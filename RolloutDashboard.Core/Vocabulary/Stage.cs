namespace RolloutDashboard.Core.Vocabulary;

/// <summary>The four stages of the rollout, in order.</summary>
public enum Stage
{
    /// <summary>3.1: template-library requests get JSON, freeform requests full code.</summary>
    TemplateLibraryOnly = 1,

    /// <summary>3.2: half of all requests.</summary>
    Hybrid = 2,

    /// <summary>3.3: 80 % of all requests.</summary>
    Primary = 3,

    /// <summary>3.4: 95 % of all requests.</summary>
    FullProduction = 4,
}
