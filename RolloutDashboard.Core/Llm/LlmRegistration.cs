using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Status;

namespace RolloutDashboard.Core.Llm;

/// <summary>Registers the providers; needs an <see cref="IProviderEvents"/> and a <see cref="TimeProvider"/>
/// besides.</summary>
public static class LlmRegistration
{
    /// <summary>Adds options, budget, and the provider chain, which is also the <see cref="IChatClient"/>.</summary>
    /// <param name="options">Bound from the section "Llm"; validate them at start.</param>
    /// <param name="spending">Path of the file that remembers what was spent.</param>
    /// <param name="beforeSpendingIsWritten">Throws an <see cref="IOException"/> where the folder of that file may not
    /// be written to any more.</param>
    public static IServiceCollection AddLlm(
        this IServiceCollection services,
        LlmOptions options,
        string spending,
        Action? beforeSpendingIsWritten = null
    )
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new BudgetGuard(
            options.Budget,
            provider.GetRequiredService<TimeProvider>(),
            new SpendingFile(spending, beforeSpendingIsWritten)
        ));
        services.AddSingleton(provider => new ProviderChain(
            options,
            Environment.GetEnvironmentVariable,
            provider.GetRequiredService<BudgetGuard>(),
            provider.GetRequiredService<IProviderEvents>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ProviderChain>>()
        ));
        services.AddSingleton<IChatClient>(provider => provider.GetRequiredService<ProviderChain>());
        services.AddSingleton<IModelInUse>(provider => provider.GetRequiredService<ProviderChain>());
        return services;
    }
}
