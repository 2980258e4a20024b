namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>Who declined to answer.</summary>
public enum RefusalKind
{
    /// <summary>The model, in its own words.</summary>
    Model = 0,

    /// <summary>A content filter of the provider.</summary>
    ContentFilter = 1,
}
