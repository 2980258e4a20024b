namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How a strategy is made: parameters for a reviewed template, or a whole program.</summary>
public enum GenerationMode
{
    /// <summary>The model writes a complete strategy program.</summary>
    FullCode = 0,

    /// <summary>The model chooses the parameters of a template, as JSON.</summary>
    Json = 1,
}
