using System.Globalization;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>
/// Takes every right of other accounts from a data directory that was made without care, or had files copied into it.
/// By name alone: to open the database by other means than SQLite's would drop its locks. What the owner may do is left
/// as it is.
/// </summary>
public static class MendRights
{
    private const UnixFileMode Foreign =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute
        | UnixFileMode.SetUser
        | UnixFileMode.SetGroup
        | UnixFileMode.StickyBit;

    /// <summary>Mends the folder and all below it; links are not followed. What can't be mended is told, never
    /// thrown.</summary>
    public static MendedRights Execute(DataDirectory data)
    {
        if (OperatingSystem.IsWindows())
        {
            return new MendedRights(0, 0, []);
        }

        var (faults, warnings) = (new List<string>(), new List<string>());
        var (folders, files) = Mend(new DirectoryInfo(data.Path), faults);
        if (faults.Count > 0)
        {
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Other accounts of this machine can still reach {faults.Count} of the files and folders in {data.Path}: {faults[0]} Run 'chmod -R go= {data.Path}' as their owner."
                )
            );
        }

        if (FileOwner.Own is { } own)
        {
            warnings.AddRange(WhoMayReplace(data.Path, own, FileOwner.Of));
        }

        return new MendedRights(folders, files, warnings);
    }

    /// <summary>Who besides this account and the administrator could read the folder, or put another one into its
    /// place.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="own">Account of this process.</param>
    /// <param name="ownerOf">Looks at a path; null where nothing is known of it.</param>
    public static IEnumerable<string> WhoMayReplace(string path, uint own, Func<string, FileOwner?> ownerOf)
    {
        if (ownerOf(path) is { } folder && folder.UserId != own)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The data directory {path} belongs to account {folder.UserId} and not to {own}, which this process runs as: its owner can read and replace all of it. Give it to this account with 'chown -R'."
            );
        }

        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            if (ownerOf(above) is { } parent && WhoMayRename(parent, own) is { } who)
            {
                yield return $"{who} can put another folder into the place of the data directory, since {above} lets them. Take that right away, or choose another Storage:DataDirectory.";
            }
        }
    }

    // With the sticky bit only the owner of an entry, or of the folder, may rename it.
    private static string? WhoMayRename(FileOwner parent, uint own)
    {
        var sticky = parent.Mode.HasFlag(UnixFileMode.StickyBit);
        return parent.UserId != own && parent.UserId != 0
                ? string.Create(CultureInfo.InvariantCulture, $"Account {parent.UserId}")
            : !sticky && parent.Mode.HasFlag(UnixFileMode.OtherWrite) ? "Every account of this machine"
            : !sticky && parent.Mode.HasFlag(UnixFileMode.GroupWrite) ? "The members of its group"
            : null;
    }

    // From the top, so that nobody else can exchange what is below for a link while it is looked at.
    private static (int Folders, int Files) Mend(FileSystemInfo entry, List<string> faults)
    {
        var (folders, files) = (0, 0);
        try
        {
            if (entry.LinkTarget is not null)
            {
                return (0, 0);
            }

            var isFolder = entry is DirectoryInfo;
            if ((entry.UnixFileMode & Foreign) != 0 && !OperatingSystem.IsWindows())
            {
                var allowed = isFolder ? OwnerOnly.Folder : OwnerOnly.File;
                File.SetUnixFileMode(entry.FullName, entry.UnixFileMode & allowed);
                (folders, files) = isFolder ? (1, 0) : (0, 1);
            }
            else if (isFolder && IsOfAnotherAccount(entry.FullName))
            {
                // Its owner keeps it closed to us too, such as a file system's lost+found.
                return (0, 0);
            }

            foreach (var below in entry is DirectoryInfo folder ? folder.EnumerateFileSystemInfos() : [])
            {
                var (moreFolders, moreFiles) = Mend(below, faults);
                (folders, files) = (folders + moreFolders, files + moreFiles);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Gone meanwhile: a log of a database that another process has just closed.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(exception.Message.TrimEnd('.') + ".");
        }

        return (folders, files);
    }

    // The administrator's process may look into the folders of all.
    private static bool IsOfAnotherAccount(string path) =>
        FileOwner.Of(path) is { } owner && owner.UserId != FileOwner.Own && FileOwner.Own != 0;
}
