namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What happened with providers.</summary>
public enum ProviderEventKind
{
    /// <summary>A provider further down the list answered instead of the one before.</summary>
    FailedOver,

    /// <summary>A provider further up the list answers again.</summary>
    Recovered,

    /// <summary>A provider failed too often in a row and is left alone for a while.</summary>
    CircuitOpened,

    /// <summary>No provider could be reached.</summary>
    AllDown,

    /// <summary>The budget is used up.</summary>
    BudgetExhausted,

    /// <summary>There is budget again.</summary>
    BudgetEased,
}

/// <summary>One event, for alerts and marks on charts.</summary>
/// <param name="Provider">The provider that answers now (failed over, recovered) or that it is about; empty for all.</param>
/// <param name="Message">Cleaned of keys.</param>
public sealed record ProviderEvent(DateTimeOffset Time, ProviderEventKind Kind, string Provider, string Message);

/// <summary>Hears of provider events. Called on the path of a question: quick, and without exceptions.</summary>
public interface IProviderEvents
{
    void Report(ProviderEvent occurred);
}

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

/// <summary>One provider for the health panel.</summary>
/// <param name="Order">Place in the list, from 0.</param>
public sealed record ProviderStatus(
    int Order,
    string Name,
    ProviderKind Kind,
    string Model,
    ProviderHealth Health,
    bool IsActive,
    int FailuresInARow,
    DateTimeOffset? LastSuccess,
    string? LastError,
    DateTimeOffset? RetryAt);

/// <summary>Whether asking makes sense now; the loop looks before it claims an iteration.</summary>
/// <param name="Reason">Why not, in a sentence; empty if ready.</param>
public sealed record GenerationReadiness(bool IsReady, string Reason, DateTimeOffset? RetryAt);
