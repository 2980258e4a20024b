using System.Text.Json;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Decisions;

/// <summary>
/// Revocations, roles and marks of passwords in an fsynced file outside the database, so that restoring an older backup
/// gives nobody back what was taken away since.
/// </summary>
public sealed class AccessChanges(DataDirectory data)
{
    private readonly Lock _lock = new();

    /// <exception cref="IOException">The file can't be written.</exception>
    public void Note(AccessChange change)
    {
        data.RequireSame();
        lock (_lock)
        {
            using var file = OwnerOnly.Open(
                data.AccessChanges,
                FileMode.Append,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0
            );
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(change), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The latest word on each user: whether revoked, and the latest role and password that were
    /// set.</summary>
    public IReadOnlyDictionary<string, AccessChange> Latest() => Read().Latest();

    /// <summary>All of the file; empty where there is none.</summary>
    public AccessHistory Read()
    {
        var changes = new List<AccessChange>();
        var isWhole = true;
        var lines = File.Exists(data.AccessChanges) ? File.ReadAllLines(data.AccessChanges) : [];
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                changes.Add(JsonSerializer.Deserialize<AccessChange>(lines[i])!);
            }
            catch (JsonException)
            {
                // A last line cut by a crash: the change was not carried out either.
                isWhole &= i == lines.Length - 1;
            }
        }

        return new AccessHistory(changes, isWhole);
    }
}
