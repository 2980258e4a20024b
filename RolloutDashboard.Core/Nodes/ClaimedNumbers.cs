using System.Globalization;
using System.Text;
using System.Text.Json;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Nodes;

/// <summary>
/// The highest iteration number given out, kept in a small file outside the database, so that no restore gives one out
/// twice.
/// </summary>
public sealed class ClaimedNumbers(DataDirectory data)
{
    // One write within one block: a kill leaves the old content or the new one.
    private const int Size = 512;
    private readonly Lock _lock = new();

    /// <summary>Notes a number, durably, before its claim is committed.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Note(int rolloutId, RolloutEnvironment environment, long number)
    {
        data.RequireSame();
        lock (_lock)
        {
            var numbers = Read();
            numbers[Key(rolloutId, environment)] = number;
            var content = Encoding.ASCII.GetBytes(JsonSerializer.Serialize(numbers).PadRight(Size - 1) + "\n");
            using var file = OwnerOnly.Open(
                data.ClaimedNumbers,
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0
            );
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The highest number known; null when the file does not tell.</summary>
    public long? Highest(int rolloutId, RolloutEnvironment environment)
    {
        lock (_lock)
        {
            return Read().TryGetValue(Key(rolloutId, environment), out var number) ? number : null;
        }
    }

    /// <summary>When a number was last noted, by the clock of the machine.</summary>
    public DateTimeOffset NotedAt => new(File.GetLastWriteTimeUtc(data.ClaimedNumbers), TimeSpan.Zero);

    /// <summary>Keeps the file under another name, for a person to look at; what it said counts no more.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="IOException">The file can't be renamed.</exception>
    public string SetAside(DateTimeOffset now)
    {
        data.RequireSame();
        lock (_lock)
        {
            var kept = string.Create(
                CultureInfo.InvariantCulture,
                $"{data.ClaimedNumbers}.kept-{now.UtcDateTime:yyyyMMdd-HHmmss}"
            );
            File.Move(data.ClaimedNumbers, kept, overwrite: true);
            return Path.GetFileName(kept);
        }
    }

    private Dictionary<string, long> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(data.ClaimedNumbers)) ?? [];
        }
        catch (Exception exception) when (exception is FileNotFoundException or JsonException)
        {
            return [];
        }
    }

    private static string Key(int rolloutId, RolloutEnvironment environment) => $"{rolloutId}/{environment}";
}
