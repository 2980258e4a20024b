using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Hosting;

/// <summary>Services of the live pages; the application adds <see cref="IRolloutFeed"/>, <see cref="ILiveView"/> and
/// the commands of pages.</summary>
public static class LiveRegistration
{
    public static IServiceCollection AddLivePages(this IServiceCollection services)
    {
        services.AddSingleton<PageDrawing>();
        services.AddScoped<LiveSession>();
        services.AddScoped<ViewerTimeProvider>();
        services.AddScoped<CommandRunner>();
        return services;
    }
}
