using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli.Shared;

/// <summary>What the commands on users need, without the server around it; a running server notices within a
/// minute.</summary>
internal static class UserServices
{
    /// <exception cref="InvalidDataException">There is no database yet.</exception>
    public static IServiceProvider Open(string path, TimeProvider clock)
    {
        if (RecoveryServices.WhyNoDatabase(path) is { } missing)
        {
            throw new InvalidDataException(missing);
        }

        var services = RecoveryServices.Collect(path, clock);
        services.AddSingleton<Transitions>();
        services.AddDashboardSecurity(new ConfigurationBuilder().Build(), path);
        return services.BuildServiceProvider();
    }
}
