namespace RolloutDashboard.Security;

/// <summary>Folder of the database, the keys and the one-time links.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>Makes the folder if there is none; one that exists keeps the rights its owner gave it.</summary>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return new DataFolder(Directory.Exists(full) ? full : PrivateFiles.Folder(full));
    }
}
