namespace RolloutDashboard.Hosting;

/// <summary>Section "Storage" of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>Folder for database, journal, keys and backups; relative to the folder of appsettings.json. Default "data".</summary>
    public string DataDirectory { get; set; } = "data";
}
