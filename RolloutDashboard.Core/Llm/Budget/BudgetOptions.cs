namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>What may be spent in a sliding hour and a sliding day; null is no limit.</summary>
public sealed record BudgetOptions
{
    /// <summary>US dollars. Needs a price for every provider, since an unknown cost can't be counted.</summary>
    public double? UsdPerHour { get; init; }

    /// <summary>US dollars.</summary>
    public double? UsdPerDay { get; init; }

    /// <summary>Tokens in and out.</summary>
    public long? TokensPerHour { get; init; }

    /// <summary>Tokens in and out.</summary>
    public long? TokensPerDay { get; init; }

    internal IEnumerable<string> Validate(string key, IReadOnlyList<ProviderOptions> providers)
    {
        foreach (
            var (name, value) in new[]
            {
                (nameof(UsdPerHour), UsdPerHour),
                (nameof(UsdPerDay), UsdPerDay),
                (nameof(TokensPerHour), TokensPerHour),
                (nameof(TokensPerDay), TokensPerDay),
            }
        )
        {
            if (value is <= 0 or double.NaN)
            {
                yield return $"{key}:{name}: is not above 0; leave it out for no limit.";
            }
        }

        var unpriced = providers.FirstOrDefault(provider =>
            !provider.Kind.IsOffline
            && (provider.PricePerMillionInput is null || provider.PricePerMillionOutput is null)
        );
        if ((UsdPerHour ?? UsdPerDay) is not null && unpriced is not null)
        {
            yield return $"{key}: a limit in dollars needs PricePerMillionInput and PricePerMillionOutput of every provider; \"{unpriced.Name}\" lacks one. Limit tokens instead, or write its prices.";
        }
    }
}
