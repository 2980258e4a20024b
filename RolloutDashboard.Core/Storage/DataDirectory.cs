namespace RolloutDashboard.Core.Storage;

/// <summary>The folder that holds everything this installation keeps, and the paths inside it.</summary>
public sealed class DataDirectory
{
    /// <summary>Makes the folder if there is none, for the account of this process alone.</summary>
    /// <exception cref="IOException">The folder can't be made.</exception>
    public DataDirectory(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        OwnerOnly.MakeFolder(Path);
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "rollout.db");

    /// <summary>Imported histories.</summary>
    public string Imports => System.IO.Path.Combine(Path, "imports.db");

    /// <summary>Uploaded files that wait to be checked or imported; emptied at each start.</summary>
    public string ArrivingImports => System.IO.Path.Combine(Path, "imports-arriving");

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
}
