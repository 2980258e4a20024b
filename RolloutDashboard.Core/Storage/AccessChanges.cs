using System.Text.Json;

namespace RolloutDashboard.Core.Storage;

/// <summary>What somebody may do from a moment on.</summary>
/// <param name="Role">Null where the change left it as it was.</param>
public sealed record AccessChange(DateTimeOffset At, string UserId, string UserName, string Actor, bool IsRevoked, string? Role);

/// <summary>
/// Revocations and roles in an fsynced file outside the database, so that restoring an older backup gives nobody back what
/// was taken away since.
/// </summary>
public sealed class AccessChanges(DataDirectory data)
{
    private readonly Lock _gate = new();

    /// <exception cref="IOException">The file can't be written.</exception>
    public void Note(AccessChange change)
    {
        data.RequireSame();
        lock (_gate)
        {
            using var file = OwnerOnly.Open(data.AccessChanges, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(change), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The latest word on each user: whether revoked, and the latest role that was set.</summary>
    public IReadOnlyDictionary<string, AccessChange> Latest()
    {
        var latest = new Dictionary<string, AccessChange>(StringComparer.Ordinal);
        foreach (var change in Read())
        {
            latest[change.UserId] = change with { Role = change.Role ?? latest.GetValueOrDefault(change.UserId)?.Role };
        }

        return latest;
    }

    private List<AccessChange> Read()
    {
        var changes = new List<AccessChange>();
        foreach (var line in File.Exists(data.AccessChanges) ? File.ReadAllLines(data.AccessChanges) : [])
        {
            try
            {
                changes.Add(JsonSerializer.Deserialize<AccessChange>(line)!);
            }
            catch (JsonException)
            {
                // A line cut by a crash: the change was not carried out either.
            }
        }

        return changes;
    }
}
