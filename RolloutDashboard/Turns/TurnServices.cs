namespace RolloutDashboard.Turns;

/// <summary>Registers the queues of what takes long.</summary>
public static class TurnServices
{
    /// <summary>Adds <see cref="WorkTurns"/> and what it uses; needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddWorkTurns(this IServiceCollection services) =>
        services
            .AddSingleton<IProcessorTimes, ProcessorTimes>()
            .AddSingleton(provider => new ProcessorShare(
                provider.GetRequiredService<IProcessorTimes>(),
                Environment.ProcessorCount,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<WorkTurns>();
}
