using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Security;

/// <summary>Folders and files that only the account which runs the dashboard may read.</summary>
public static class PrivateFiles
{
    /// <summary>Makes the folder (mode 0700; on Windows the inherited rights apply) and gives its path back.</summary>
    public static string Folder(string path)
    {
        OwnerOnly.MakeFolder(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly.Folder);
        }

        return path;
    }

    /// <summary>Writes a file (mode 0600) in one step: a reader sees all of it or none.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        await using (var file = OwnerOnly.Open(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancellationToken);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
