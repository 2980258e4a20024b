using System.Globalization;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>Keeps a reserve on the disk of the data directory: iterations and backups stop short of it, so that a
/// rollback and its records still find room.</summary>
/// <param name="reserveMegabytes">0 keeps none.</param>
public sealed class DiskSpace(DataDirectory data, int reserveMegabytes)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Bytes of the whole disk; null where the system does not tell.</summary>
    public long? Size
    {
        get
        {
            try
            {
                return new DriveInfo(data.Path).TotalSize;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>How many bytes would have to be freed before as many as are needed fit above the reserve; 0 where they
    /// fit or the system does not tell.</summary>
    public long Missing(long needed)
    {
        try
        {
            return Math.Max(0, needed + reserveMegabytes * Megabyte - new DriveInfo(data.Path).AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Why nothing more may be written but what controls the rollout; null when there is room.</summary>
    /// <param name="needed">Bytes that would be written.</param>
    public string? WhyNot(long needed = 0)
    {
        try
        {
            var free = new DriveInfo(data.Path).AvailableFreeSpace;
            return free - needed >= reserveMegabytes * Megabyte ? null
                : needed == 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"the disk is full: {free / Megabyte} MB are free, {reserveMegabytes} MB are kept for rollbacks and records; free some space"
                    )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"it needs {needed / Megabyte + 1} MB, {free / Megabyte} MB are free, and {reserveMegabytes} MB of them are kept for rollbacks and records; free some space"
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where the system does not tell, the write itself will.
            return null;
        }
    }
}
