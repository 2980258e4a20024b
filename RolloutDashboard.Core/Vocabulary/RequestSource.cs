namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What was asked for.</summary>
public enum RequestSource
{
    /// <summary>A strategy of the template library.</summary>
    TemplateLibrary = 0,

    /// <summary>Any strategy.</summary>
    Freeform = 1,
}
