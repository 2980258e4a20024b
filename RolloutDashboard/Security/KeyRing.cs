using Microsoft.AspNetCore.DataProtection;

namespace RolloutDashboard.Security;

/// <summary>
/// The keys that seal cookies, in a folder of their own beside the database: a copy of the database, or a backup, is
/// then not enough to forge a sign-in.
/// </summary>
public static class KeyRing
{
    /// <summary>Folder of the keys inside the data directory.</summary>
    public const string FolderName = "keys";

    internal static void Add(IServiceCollection services, string dataDirectory)
    {
        var folder = PrivateFiles.Folder(Path.Combine(dataDirectory, FolderName));
        services
            .AddDataProtection()
            .SetApplicationName("RolloutDashboard")
            .PersistKeysToFileSystem(new DirectoryInfo(folder));
        // The framework warns that keys lie unencrypted on disk; here the folder's mode guards them.
        services.AddLogging(logging =>
            logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)
        );
    }
}
