using System.Text.Json;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Decisions;

/// <summary>An fsynced, append-only copy of the decisions outside the database: it anchors the chain and survives a
/// restore.</summary>
public sealed class DecisionJournal(DataDirectory data)
{
    private readonly Lock _lock = new();

    /// <summary>Appends what the journal does not have yet, in order; writing a record twice changes nothing.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Append(IEnumerable<DecisionRecord> records)
    {
        data.RequireSame();
        lock (_lock)
        {
            var last = Last()?.Sequence ?? 0;
            var missing = records.Where(record => record.Sequence > last).OrderBy(record => record.Sequence).ToList();
            if (missing.Count == 0)
            {
                return;
            }

            using var file = OwnerOnly.Open(data.Journal, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            file.SetLength(WholeLines(file));
            file.Seek(0, SeekOrigin.End);
            foreach (var record in missing)
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes(record));
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The last record in the file, without reading what is before it; null where there is none.</summary>
    public DecisionRecord? Last()
    {
        if (!File.Exists(data.Journal))
        {
            return null;
        }

        using var file = new FileStream(data.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var line = LastLine(file);
        return line.Length == 0
            ? null
            : JsonSerializer.Deserialize<DecisionRecord>(line) ?? throw new JsonException("A journal line is empty.");
    }

    /// <summary>All records in the file; a last line cut by a crash is left out.</summary>
    public IReadOnlyList<DecisionRecord> Read()
    {
        if (!File.Exists(data.Journal))
        {
            return [];
        }

        using var file = new FileStream(data.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var whole = new byte[WholeLines(file)];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(whole);
        var records = new List<DecisionRecord>();
        foreach (
            var line in System.Text.Encoding.UTF8.GetString(whole).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            records.Add(
                JsonSerializer.Deserialize<DecisionRecord>(line) ?? throw new JsonException("A journal line is empty.")
            );
        }

        return records;
    }

    // The last whole line without its end, however long: decisions carry what they were judged by.
    private static byte[] LastLine(FileStream file)
    {
        var end = WholeLines(file);
        for (var size = 64 * 1024L; end > 0; size *= 4)
        {
            var from = Math.Max(0, end - size);
            var tail = new byte[end - from];
            file.Seek(from, SeekOrigin.Begin);
            file.ReadExactly(tail);
            var lines = tail.AsSpan().TrimEnd((byte)'\n');
            var before = lines.LastIndexOf((byte)'\n');
            if (before >= 0 || from == 0)
            {
                return lines[(before + 1)..].ToArray();
            }
        }

        return [];
    }

    // Bytes up to and with the last line end: a crash can cut the last line only.
    private static long WholeLines(FileStream file)
    {
        for (var at = file.Length - 1; at >= 0; at--)
        {
            file.Seek(at, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                return at + 1;
            }
        }

        return 0;
    }
}
