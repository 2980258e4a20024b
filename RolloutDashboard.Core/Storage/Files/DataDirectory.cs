namespace RolloutDashboard.Core.Storage.Files;

/// <summary>
/// The folder that holds everything this installation keeps, and the paths inside it. A process that works on it for
/// long holds its identity: a folder that was deleted, moved or replaced is noticed and never written to.
/// </summary>
public sealed class DataDirectory
{
    private readonly Lock _lock = new();
    private FileIdentity? _folder;
    private FileIdentity? _lockFile;
    private FileIdentity? _database;

    /// <summary>Names the folder, which need not exist; nothing is made.</summary>
    public DataDirectory(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "rollout.db");

    /// <summary>Imported histories.</summary>
    public string Imports => System.IO.Path.Combine(Path, "imports.db");

    /// <summary>Uploaded files that wait to be checked or imported; emptied at each start.</summary>
    public string ArrivingImports => System.IO.Path.Combine(Path, "imports-arriving");

    /// <summary>Exports that are made and not sent yet; emptied at each start.</summary>
    public string UnsentExports => System.IO.Path.Combine(Path, "exports-unsent");

    /// <summary>Fsynced copy of the decision chain, outside the database.</summary>
    public string Journal => System.IO.Path.Combine(Path, "decisions.jsonl");

    /// <summary>While this file exists no JSON is assigned.</summary>
    public string StopMarker => System.IO.Path.Combine(Path, "json-stopped");

    /// <summary>What generation spent in the last day.</summary>
    public string Spending => System.IO.Path.Combine(Path, "llm-spending");

    public string LockFile => System.IO.Path.Combine(Path, "process.lock");

    /// <summary>Highest iteration numbers given out, outside the database.</summary>
    public string ClaimedNumbers => System.IO.Path.Combine(Path, "claimed-numbers");

    /// <summary>While this file exists a restore has begun and is not over.</summary>
    public string RestoreIntent => System.IO.Path.Combine(Path, "restore-in-progress");

    /// <summary>Revocations and roles, outside the database.</summary>
    public string AccessChanges => System.IO.Path.Combine(Path, "access-changes.jsonl");

    public string Backups => System.IO.Path.Combine(Path, "backups");

    /// <summary>Names the folder and makes it where there is none, for the account of this process alone: for a first
    /// start, and nothing else.</summary>
    /// <exception cref="DataDirectoryUnusableException">It can't be made, or is no folder that this account may write
    /// to.</exception>
    public static DataDirectory Make(string path)
    {
        try
        {
            var data = new DataDirectory(path);
            OwnerOnly.MakeFolder(data.Path);
            return FileIdentity.MayWrite(data.Path) is var error and not 0
                ? throw new DataDirectoryUnusableException(path, SystemError.Words(error))
                : data;
        }
        catch (ArgumentException exception)
        {
            throw new DataDirectoryUnusableException(
                path.Replace("\0", "", StringComparison.Ordinal),
                "it is no path; give a folder that this account may write to",
                exception
            );
        }
        catch (Exception exception)
            when (exception is UnauthorizedAccessException or IOException and not DataDirectoryUnusableException)
        {
            throw new DataDirectoryUnusableException(path, Why(path, exception), exception);
        }
    }

    /// <summary>Remembers which folder and lock file these are; called by the process that holds the lock.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            (_folder, _lockFile) = (FileIdentity.Of(Path).Identity, FileIdentity.Of(LockFile).Identity);
        }
    }

    /// <summary>Remembers which file the database is; called when it has been made, opened or exchanged.</summary>
    public void HoldDatabase()
    {
        lock (_lock)
        {
            _database = _folder is null ? null : FileIdentity.Of(Database).Identity;
        }
    }

    /// <summary>Expects no database for now: it is about to be exchanged.</summary>
    public void LetGoOfDatabase()
    {
        lock (_lock)
        {
            _database = null;
        }
    }

    /// <summary>What became of the folder, its lock file or its database; null while they are those that are held, or
    /// nothing is held.</summary>
    public string? WhyLost()
    {
        (FileIdentity? Folder, FileIdentity? LockFile, FileIdentity? Database) held;
        lock (_lock)
        {
            held = (_folder, _lockFile, _database);
        }

        return held.Folder is not { } folder
            ? null
            : WhyOther(folder, Path, "the data directory", "folder")
                ?? (
                    held.LockFile is { } lockFile
                        ? WhyOther(lockFile, LockFile, "the lock file of the data directory", "file")
                        : null
                )
                ?? (
                    held.Database is { } database
                    && WhyOther(database, Database, "the database", "file") is { } lost
                    && IsStillHeld(database)
                        ? lost
                        : null
                );
    }

    /// <summary>Asked before anything is made or written beneath the folder.</summary>
    /// <exception cref="DataDirectoryLostException">It is not the folder that this process began with.</exception>
    public void RequireSame()
    {
        if (WhyLost() is { } lost)
        {
            throw new DataDirectoryLostException(lost);
        }
    }

    /// <summary>Why nothing can be written to the folder or the database that it holds; null when that is
    /// possible.</summary>
    public string? WhyNotWritable()
    {
        var error = FileIdentity.MayWrite(Path);
        if (error != 0)
        {
            return $"the data directory {Path} can't be written to: {SystemError.Words(error)}";
        }

        lock (_lock)
        {
            if (_database is null)
            {
                return null;
            }
        }

        error = FileIdentity.MayWrite(Database);
        return error == 0 ? null : $"the database {Database} can't be written to: {SystemError.Words(error)}";
    }

    // A restore that exchanges the file lets go of the old one before it moves it.
    private bool IsStillHeld(FileIdentity database)
    {
        lock (_lock)
        {
            return _database == database;
        }
    }

    private static string? WhyOther(FileIdentity held, string path, string what, string kind) =>
        FileIdentity.Of(path) switch
        {
            (null, SystemError.NoSuchFile) => $"{what} {path} was deleted or moved",
            (null, SystemError.NotAFolder) =>
                $"{what} {path} was replaced: a file is in the place of a folder above it",
            (null, var error) => $"{what} {path} can't be reached: {SystemError.Words(error)}",
            ({ } found, _) when found == held => null,
            _ when kind == "folder" && File.Exists(path) => $"{what} {path} was replaced by a file",
            _ => $"{what} {path} was replaced by another {kind}",
        };

    private static string Why(string path, Exception exception) =>
        File.Exists(path) ? "there is a file of that name; give a folder"
        : FileIdentity.Of(path).Error is var at and not (0 or SystemError.NoSuchFile) ? SystemError.Words(at)
        : SystemError.Of(exception) is { } error and not SystemError.NoSuchFile ? SystemError.Words(error)
        : exception.Message;
}
