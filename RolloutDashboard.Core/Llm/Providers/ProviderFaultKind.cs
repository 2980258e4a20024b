namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>Whose fault it is that a question brought no answer.</summary>
public enum ProviderFaultKind
{
    /// <summary>The provider works; this question or its answer failed. Counts against the iteration, never against the
    /// provider.</summary>
    Question = 0,

    /// <summary>Every question gets it: key, quota, address, limits, connection, an answer that is not the
    /// interface's.</summary>
    Provider = 1,

    /// <summary>The provider's, unless the question fails so again after a wait while a plain one is answered: server
    /// errors, time-outs, broken answers.</summary>
    Passing = 2,

    /// <summary>Not to be told from the fault itself, such as a status 400: a plain question with the same parameters
    /// decides at once.</summary>
    Undecided = 3,
}
