using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(RolloutDashboard.Tests.Recovery.Exercise.ExerciserStartup))]

namespace RolloutDashboard.Tests.Recovery.Exercise;

/// <summary>Puts the exerciser into a real server that is started with this assembly among its hosting
/// start-ups.</summary>
public sealed class ExerciserStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services => services.AddHostedService<Exerciser>());
}
