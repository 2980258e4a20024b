using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli.Shared;

/// <summary>Settings of commands, from the same places as the server's: appsettings.json, environment and command
/// line.</summary>
internal static class CommandSettings
{
    /// <summary>Absolute path of the data directory.</summary>
    public static string DataDirectory() =>
        Path.GetFullPath(
            Configuration()["Storage:DataDirectory"] ?? new StorageOptions().DataDirectory,
            ApplicationRoot.Find()
        );

    public static GateOptions Gates() => Configuration().GetSection("Gates").Get<GateOptions>() ?? new GateOptions();

    public static StageOptions Stages() =>
        Configuration().GetSection("Stages").Get<StageOptions>() ?? new StageOptions();

    public static RolloutOptions Rollout() =>
        Configuration().GetSection("Rollout").Get<RolloutOptions>() ?? new RolloutOptions();

    public static BackupOptions Backup() =>
        Configuration().GetSection("Backup").Get<BackupOptions>() ?? new BackupOptions();

    public static StorageOptions Storage() =>
        Configuration().GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();

    private static IConfigurationRoot Configuration() =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(ApplicationRoot.Find(), "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine([.. SettingArguments.Split(Environment.GetCommandLineArgs().Skip(1)).Settings])
            .Build();
}
