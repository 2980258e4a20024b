namespace RolloutDashboard.Core.Nodes;

/// <summary>What only the running process knows of its loop.</summary>
/// <param name="AllProvidersFailed">Calls in a row that no provider answered.</param>
/// <param name="PreferredProviderFailed">Calls in a row that the preferred provider failed while another
/// answered.</param>
/// <param name="BudgetUsedUp">Which budget of generation is used up and until when; null while there is some
/// left.</param>
public sealed record LoopStatus(
    int BusyWorkers,
    int Workers,
    string? WaitsFor,
    int AllProvidersFailed = 0,
    int PreferredProviderFailed = 0,
    string? BudgetUsedUp = null
)
{
    /// <summary>Since when the loop has shown no sign of life although it should; null while it lives.</summary>
    public DateTimeOffset? DeadSince { get; init; }

    /// <summary>Latest moment at which it waited for a provider or for budget; the present one while it does, null for
    /// never.</summary>
    public DateTimeOffset? AwaitedAnswerAt { get; init; }

    /// <summary>Each failing provider with its latest fault, cleaned of keys; null while none fails.</summary>
    public string? ProviderFaults { get; init; }
}
