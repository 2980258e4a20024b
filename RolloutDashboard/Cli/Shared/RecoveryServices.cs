using System.CommandLine;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Shared;

/// <summary>What backup, restore and verify need, without the server around it.</summary>
internal static class RecoveryServices
{
    public static Option<string?> DataOption() =>
        new Option<string?>("--data")
        {
            Description = "Data directory of the dashboard; without it, Storage:DataDirectory.",
        }.NamesFolder();

    /// <summary>A line for people if there is no database at that place; null if there is.</summary>
    public static string? WhyNoDatabase(string path) =>
        Directory.Exists(path) && File.Exists(new DataDirectory(path).Database)
            ? null
            : $"There is no database in {path}. Give the dashboard's folder with --data.";

    public static ServiceProvider Open(string path, TimeProvider clock) => Collect(path, clock).BuildServiceProvider();

    public static ServiceCollection Collect(string path, TimeProvider clock)
    {
        var data = CommandData.Open(path);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton(data);
        // Read when a backup is made: a setting that can't be read must not keep a restore from its work.
        services.AddSingleton(_ => new DiskSpace(data, CommandSettings.Storage().ReserveMegabytes));
        services.AddSingleton(_ => Options.Create(CommandSettings.Backup()));
        services.AddRolloutStorage(data.Database);
        services.AddSingleton<DecisionJournal>();
        services.AddSingleton<CurrentSession>();
        services.AddSingleton<JsonKillSwitch>();
        services.AddSingleton<RunningIterations>();
        services.AddSingleton<IRolloutChanges, NobodyLooks>();
        services.AddDatabaseRecovery();
        return services;
    }

    private sealed class NobodyLooks : IRolloutChanges
    {
        public void Publish()
        {
            // No page is open in a command.
        }
    }
}
