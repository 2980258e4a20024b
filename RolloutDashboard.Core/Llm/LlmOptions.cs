using RolloutDashboard.Core.Llm.Budget;

namespace RolloutDashboard.Core.Llm;

/// <summary>Section "Llm" of the configuration. Without a usable provider the offline generator works alone.</summary>
public sealed record LlmOptions
{
    /// <summary>Providers in order of preference; the next one steps in when those before it fail. Default:
    /// none.</summary>
    public IReadOnlyList<ProviderOptions> Providers { get; init; } = [];

    /// <summary>What may be spent. Default: no limit.</summary>
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>Time from one iteration's start to the next with the offline generator, 0 to 1 hour. Default 1
    /// s.</summary>
    public TimeSpan OfflinePace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Another text, another search. Default "1".</summary>
    public string OfflineSeed { get; init; } = "1";

    /// <summary>What is wrong, one line per fault, each beginning with its key; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = Providers.SelectMany((provider, index) => provider.Validate($"Llm:Providers:{index}")).ToList();
        faults.AddRange(
            Providers
                .GroupBy(provider => provider.Name, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .Select(group =>
                    $"Llm:Providers: the name \"{group.Key}\" stands {group.Count()} times; names tell providers apart on records."
                )
        );
        faults.AddRange(Budget.Validate("Llm:Budget", Providers));
        if (OfflinePace < TimeSpan.Zero || OfflinePace > TimeSpan.FromHours(1))
        {
            faults.Add($"Llm:OfflinePace: {OfflinePace} is not between 00:00:00 and 01:00:00.");
        }

        return faults;
    }
}
