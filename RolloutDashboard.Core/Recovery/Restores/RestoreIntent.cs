using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>
/// A restore that has begun, on disk from its first step to its last: a start that finds it carries the restore to its
/// end.
/// </summary>
/// <param name="Id">Stands in the restored database's decision record, which is how a finished exchange is
/// known.</param>
/// <param name="From">Full path of the backup.</param>
/// <param name="Suffix">What the replaced file's name gets behind its own.</param>
public sealed record RestoreIntent(
    string Id,
    DateTimeOffset At,
    string Actor,
    string Reason,
    string From,
    string Suffix
)
{
    public static RestoreIntent Begin(DataDirectory data, DateTimeOffset at, RestoreRequest request, string from)
    {
        var time = at.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var intent = new RestoreIntent(
            Guid.NewGuid().ToString("N"),
            at,
            request.Actor,
            request.Reason,
            from,
            $"{(request.IsDamaged ? "damaged" : "replaced")}-{time}"
        );
        DurableFiles.Write(data.RestoreIntent, JsonSerializer.SerializeToUtf8Bytes(intent));
        return intent;
    }

    /// <summary>The unfinished restore; null when there is none.</summary>
    public static RestoreIntent? Read(DataDirectory data) =>
        File.Exists(data.RestoreIntent)
            ? JsonSerializer.Deserialize<RestoreIntent>(File.ReadAllBytes(data.RestoreIntent))
            : null;

    public static void End(DataDirectory data)
    {
        File.Delete(data.RestoreIntent);
        DurableFiles.FlushFolderOf(data.RestoreIntent);
    }
}
