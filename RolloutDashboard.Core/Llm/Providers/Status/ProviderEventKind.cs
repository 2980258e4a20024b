namespace RolloutDashboard.Core.Llm.Providers.Status;

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
