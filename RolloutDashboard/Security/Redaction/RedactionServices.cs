using Microsoft.Extensions.DependencyInjection.Extensions;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Security.Redaction;

/// <summary>Registers what keeps secrets out of texts and logs.</summary>
public static class RedactionServices
{
    /// <param name="secrets">Takes every secret of the process out.</param>
    public static IServiceCollection AddRedaction(this IServiceCollection services, SecretFilter secrets)
    {
        services.AddSingleton(secrets);
        services.TryAddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, RedactingLoggerFactory>());
        return services;
    }
}
