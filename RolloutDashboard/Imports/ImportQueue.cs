using System.Globalization;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Imports;

/// <summary>
/// Takes files in, reads them one at a time, and keeps them when a person says so. Belongs to the server, not to a
/// page. A file is deleted as soon as nothing more will come of it.
/// </summary>
public sealed partial class ImportQueue(
    ImportFile importFile,
    DataDirectory data,
    DiskSpace disk,
    ImportSettings settings,
    WorkTurns turns,
    BulkWrites writes,
    TimeProvider clock,
    ILogger<ImportQueue> logger
) : IImportQueue, IHostedService, IDisposable
{
    private const int Remembered = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly List<QueuedImportFile> _files = [];
    private long _version;

    public long Version => Interlocked.Read(ref _version);

    public IReadOnlyList<ImportItem> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _files.Select(file => file.Now).Reverse()];
            }
        }
    }

    /// <summary>Puts the bytes of a stream on the desk.</summary>
    /// <param name="expected">Announced length in bytes, if any.</param>
    /// <exception cref="ImportRefusedException">Too many, too large, or no room.</exception>
    public async Task<ImportItem> ArriveAsync(
        string name,
        string owner,
        long? expected,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var file = Place(name, owner, expected);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, file.Cancelled);
            await CopyAsync(content, file, either.Token);
            return file.Now;
        }
        catch (Exception exception)
        {
            // Whatever it was, what has arrived goes and counts no longer.
            var cancelled = file.Cancelled.IsCancellationRequested;
            var reason =
                exception is ImportRefusedException ? exception.Message
                : cancelled ? "Cancelled; nothing was kept."
                : "The file did not arrive completely. Send it again.";
            End(file, cancelled ? ImportPhase.Cancelled : ImportPhase.Failed, reason);
            throw exception is ImportRefusedException
                ? exception
                : new ImportRefusedException(StatusCodes.Status400BadRequest, reason);
        }
    }

    /// <summary>Begins to read a file that waits, without keeping anything; false where it does not wait.</summary>
    public bool Check(string id, ImportOptions options) =>
        Begin(
            id,
            [ImportPhase.Arriving, ImportPhase.Ready],
            item =>
                item with
                {
                    Phase = ImportPhase.Checking,
                    Options = options,
                    Report = null,
                    Progress = null,
                    Message = null,
                },
            async (file, token) =>
            {
                var preview = ImportFile.Preview(file.Path, options, file, token) with { Name = file.Now.Name };
                var report = await importFile.WithRepeatsAsync(preview, data.Imports, token);
                file.Move([ImportPhase.Checking], item => item with { Phase = ImportPhase.Ready, Report = report });
            }
        );

    /// <summary>Begins to import a file that is ready; false where it is not.</summary>
    /// <param name="mayKeep">Asked when all is read, right before it is kept; null where nobody can lose the right
    /// to.</param>
    public bool Commit(string id, Func<CancellationToken, Task<bool>>? mayKeep = null) =>
        Begin(
            id,
            [ImportPhase.Ready],
            item => item with { Phase = ImportPhase.Importing, Progress = null },
            (file, token) => KeepAsync(file, mayKeep, token)
        );

    /// <summary>Begins to import a file that has just arrived, without showing it to anybody first; false where it is
    /// not there.</summary>
    /// <param name="mayKeep">As for <see cref="Commit"/>.</param>
    public bool CommitUnseen(string id, ImportOptions options, Func<CancellationToken, Task<bool>>? mayKeep = null) =>
        Begin(
            id,
            [ImportPhase.Arriving],
            item => item with { Phase = ImportPhase.Importing, Options = options },
            (file, token) => KeepAsync(file, mayKeep, token)
        );

    /// <summary>Ends what is going on, or takes a file that is over off the list.</summary>
    public bool Cancel(string id)
    {
        if (Find(id) is not { } file)
        {
            return false;
        }

        file.Cancel();
        if (file.Now.IsOver)
        {
            lock (_lock)
            {
                _files.Remove(file);
            }

            Changed();
        }
        else if (!file.Now.IsMoving)
        {
            End(file, ImportPhase.Cancelled, "Cancelled; nothing was kept.");
        }

        return true;
    }

    /// <summary>Puts a file away that has arrived and must not be read.</summary>
    /// <param name="why">For the person who sent it.</param>
    public void Refuse(string id, string why)
    {
        if (Find(id) is { } file)
        {
            End(file, ImportPhase.Failed, why);
        }
    }

    /// <summary>Waits until nothing moves about a file any more.</summary>
    public async Task<ImportItem?> EndOfWorkAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } file)
        {
            return null;
        }

        await file.Working.WaitAsync(cancellationToken);
        return file.Now;
    }

    // What an earlier process left half arrived is of no use to anybody.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(data.ArrivingImports))
        {
            Directory.Delete(data.ArrivingImports, recursive: true);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        QueuedImportFile[] files;
        lock (_lock)
        {
            files = [.. _files];
        }

        Array.ForEach(files, file => file.Cancel());
        await Task.WhenAll(files.Select(file => file.Working)).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
    }

    private QueuedImportFile Place(string name, string owner, long? expected)
    {
        Sweep();
        data.RequireSame();
        Security.PrivateFiles.Folder(data.ArrivingImports);
        RequireRoom(expected);
        var id = Guid.NewGuid().ToString("N");
        var item = new ImportItem(
            id,
            CleanName(name),
            owner,
            clock.GetUtcNow(),
            ImportPhase.Arriving,
            expected,
            0,
            new ImportOptions(),
            null,
            null,
            null
        );
        var file = new QueuedImportFile(Path.Combine(data.ArrivingImports, id), item, clock.GetTimestamp(), Changed);
        Add(file);
        Changed();
        return file;
    }

    private void RequireRoom(long? expected)
    {
        if (expected > settings.LargestUpload())
        {
            throw TooLarge();
        }

        // A file, its data set, and the log of the transaction that writes it.
        if (expected is { } bytes && disk.WhyNot(bytes * 3) is { } full)
        {
            throw NoRoom($"The server's disk has no room for this file and its data set: {full}");
        }
    }

    private void Add(QueuedImportFile file)
    {
        lock (_lock)
        {
            if (_files.Count(one => !one.Now.IsOver) >= settings.WaitingFiles)
            {
                throw new ImportRefusedException(
                    StatusCodes.Status409Conflict,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{settings.WaitingFiles} files are on their way already. Import or cancel one of them first."
                    )
                );
            }

            _files.Add(file);
        }
    }

    private async Task CopyAsync(Stream content, QueuedImportFile file, CancellationToken cancellationToken)
    {
        await using var kept = OwnerOnly.Open(
            file.Path,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            1,
            FileOptions.Asynchronous
        );
        var buffer = new byte[BulkWrites.Piece];
        long arrived = 0;
        int read;
        while (
            (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken))
            > 0
        )
        {
            arrived += read;
            if (arrived > settings.LargestUpload())
            {
                throw TooLarge();
            }

            await writes.RunAsync(
                () => WriteAsync(kept, buffer.AsMemory(0, read), cancellationToken),
                cancellationToken
            );
            var soFar = arrived;
            file.Move([ImportPhase.Arriving], item => item with { Arrived = soFar });
        }
    }

    // Uploads write one after the other, and what they have written is gone from the free space: together they stop
    // short of the reserve.
    private async Task WriteAsync(FileStream kept, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (disk.WhyNot(bytes.Length) is { } full)
        {
            throw NoRoom($"The file did not fit and was removed: {full}");
        }

        await kept.WriteAsync(bytes, cancellationToken);
        await Task.Run(() => RandomAccess.FlushToDisk(kept.SafeFileHandle), cancellationToken);
    }

    private bool Begin(
        string id,
        ReadOnlySpan<ImportPhase> from,
        Func<ImportItem, ImportItem> change,
        Func<QueuedImportFile, CancellationToken, Task> work
    )
    {
        if (Find(id) is not { } file || !file.Move(from, change))
        {
            return false;
        }

        file.Working = RunAsync(file, work);
        return true;
    }

    private async Task KeepAsync(
        QueuedImportFile file,
        Func<CancellationToken, Task<bool>>? mayKeep,
        CancellationToken cancellationToken
    )
    {
        var item = file.Now;
        data.RequireSame();
        if (disk.WhyNot(item.Arrived * 2) is { } full)
        {
            throw new ImportException($"The data set would not fit, and nothing was kept: {full}.");
        }

        var report = await importFile.ExecuteAsync(
            file.Path,
            data.Imports,
            item.Options,
            item.Name,
            file,
            mayKeep,
            cancellationToken
        );
        file.Move([ImportPhase.Importing], now => now with { Report = report });
        End(file, ImportPhase.Done, Words(report));
    }

    private async Task RunAsync(QueuedImportFile file, Func<QueuedImportFile, CancellationToken, Task> work)
    {
        try
        {
            await turns.Imports.RunAsync(
                file.Now.Owner,
                async token =>
                {
                    await work(file, token);
                    return true;
                },
                file.Cancelled
            );
        }
        catch (TurnsBusyException exception)
        {
            End(file, ImportPhase.Failed, exception.Message);
        }
        catch (OperationCanceledException)
        {
            End(file, ImportPhase.Cancelled, "Cancelled; nothing was kept.");
        }
        catch (ImportException exception)
        {
            End(file, ImportPhase.Failed, exception.Message);
        }
        catch (Exception exception)
        {
            // Whatever it was: a file that nobody works on must not seem to be on its way.
            LogFailed(logger, file.Now.Name, exception);
            End(file, ImportPhase.Failed, $"The import failed, and nothing was kept: {exception.Message}");
        }
    }

    private void End(QueuedImportFile file, ImportPhase phase, string message)
    {
        file.Move([ImportPhase.Arriving, ImportPhase.Checking, ImportPhase.Ready, ImportPhase.Importing], item =>
            item with
            {
                Phase = phase,
                Message = message,
            }
        );
        file.DeleteBytes();
    }

    // Files that wait for a decision that nobody takes, and news that are old, make room.
    private void Sweep()
    {
        QueuedImportFile[] forgotten;
        lock (_lock)
        {
            forgotten =
            [
                .. _files.Where(file =>
                    file.Now.Phase == ImportPhase.Ready && clock.GetElapsedTime(file.PlacedAt) > Patience
                ),
            ];
            foreach (var old in _files.Where(file => file.Now.IsOver).SkipLast(Remembered).ToArray())
            {
                _files.Remove(old);
            }
        }

        Array.ForEach(forgotten, file =>
            End(file, ImportPhase.Cancelled, "It waited for a day, so it was put away. Nothing was kept.")
        );
    }

    private QueuedImportFile? Find(string id)
    {
        lock (_lock)
        {
            return _files.Find(file => file.Now.Id == id);
        }
    }

    private void Changed() => Interlocked.Increment(ref _version);

    private static ImportRefusedException NoRoom(string message) =>
        new(StatusCodes.Status507InsufficientStorage, $"{message}. Or import it by command line from another disk.");

    private ImportRefusedException TooLarge() =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file is larger than {settings.LargestUploadMebibytes:#,0} MiB (Import:LargestUploadMebibytes). Split it, or import it by command line."
            )
        );

    private static string CleanName(string name)
    {
        var last = name.Replace('\\', '/').Split('/')[^1];
        var clean = new string([.. last.Where(symbol => !char.IsControl(symbol)).Take(120)]).Trim();
        return clean.Length == 0 ? "history" : clean;
    }

    private static string Words(ImportReport report) =>
        report.WasThere
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It was imported before, as data set {report.SetId}; nothing changed."
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Records:#,0} records are kept as data set {report.SetId}."
            );

    [LoggerMessage(Level = LogLevel.Warning, Message = "The import of {Name} failed.")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);
}
