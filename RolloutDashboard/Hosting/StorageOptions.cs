namespace RolloutDashboard.Hosting;

/// <summary>Section "Storage" of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>Folder for database, journal, keys and backups; relative to the folder of appsettings.json. Default
    /// "data".</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Free megabytes on the disk of the data directory below which the loop waits and no backup is made, 0 to
    /// 100000. Default 64.</summary>
    public int ReserveMegabytes { get; set; } = 64;

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            yield return "Storage:DataDirectory is empty; give a folder that this account may write to.";
        }

        if (ReserveMegabytes is < 0 or > 100_000)
        {
            yield return $"Storage:ReserveMegabytes is {ReserveMegabytes}; give a whole number from 0 to 100000.";
        }
    }
}
