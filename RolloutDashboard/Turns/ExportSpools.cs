using System.Globalization;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Turns;

/// <summary>
/// Keeps files that are made in a turn until they are sent, so that a slow reader holds no place. What it keeps is
/// bounded for each person and in all, stops short of the disk's reserve, and goes with the last byte sent.
/// Thread-safe.
/// </summary>
public sealed class ExportSpools
{
    /// <summary>Most bytes that one person's unsent files may take.</summary>
    public const long MostOfOne = 512L * 1024 * 1024;

    /// <summary>Most bytes that all unsent files may take.</summary>
    public const long MostInAll = 1024L * 1024 * 1024;

    /// <summary>Most unsent files of one person.</summary>
    public const int MostFilesOfOne = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Files, long Bytes)> _kept = new(StringComparer.Ordinal);
    private readonly DataDirectory _data;
    private readonly DiskSpace _disk;
    private readonly BulkWrites _writes;
    private readonly ProcessorShare _share;

    public ExportSpools(DataDirectory data, DiskSpace disk, BulkWrites writes, ProcessorShare share)
    {
        (_data, _disk, _writes, _share) = (data, disk, writes, share);

        // What a process that ended without its own doing left is of no use to anybody.
        if (Directory.Exists(data.UnsentExports))
        {
            Directory.Delete(data.UnsentExports, recursive: true);
        }
    }

    /// <summary>Bytes of all unsent files.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _kept.Values.Sum(kept => kept.Bytes);
            }
        }
    }

    /// <summary>Begins a file of a person.</summary>
    /// <exception cref="SpoolFullException">Too many files of this person are unsent.</exception>
    public SpoolStream Open(string person)
    {
        lock (_lock)
        {
            var (files, bytes) = _kept.GetValueOrDefault(person);
            if (files >= MostFilesOfOne)
            {
                throw new SpoolFullException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{files} of your exports are not read to their end yet. Read or cancel some of them first."
                    )
                );
            }

            _kept[person] = (files + 1, bytes);
        }

        return new SpoolStream(this, person);
    }

    /// <summary>Pauses a thread that makes a file, for as long as it has used more than its share.</summary>
    internal void Rest() => _share.Rest(CancellationToken.None);

    /// <exception cref="SpoolFullException">There is no room.</exception>
    internal void Take(string person, long more)
    {
        // The reserve is for rollbacks and records.
        if (_disk.WhyNot(more) is { } full)
        {
            throw new SpoolFullException($"The export was ended, since {full}.");
        }

        lock (_lock)
        {
            var (files, bytes) = _kept[person];
            if (bytes + more > MostOfOne || Bytes + more > MostInAll)
            {
                throw new SpoolFullException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The export is larger than what may wait to be sent: {MostOfOne >> 20} MiB of one person, {MostInAll >> 20} MiB in all. Choose fewer rows, or read other exports to their end first."
                    )
                );
            }

            _kept[person] = (files, bytes + more);
        }
    }

    internal void Give(string person, long taken)
    {
        lock (_lock)
        {
            var (files, bytes) = _kept[person];
            if (files == 1)
            {
                _kept.Remove(person);
            }
            else
            {
                _kept[person] = (files - 1, bytes - taken);
            }
        }
    }

    internal void Write(FileStream file, ReadOnlyMemory<byte> piece) => _writes.Write(file, piece);

    /// <summary>A file that nobody else can read and that is gone when it is closed, also by a kill.</summary>
    internal FileStream CreateFile()
    {
        Security.PrivateFiles.Folder(_data.UnsentExports);
        var path = Path.Combine(_data.UnsentExports, Guid.NewGuid().ToString("N"));
        var file = OwnerOnly.Open(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            bufferSize: 1,
            FileOptions.DeleteOnClose
        );
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}
