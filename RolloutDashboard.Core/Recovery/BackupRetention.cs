namespace RolloutDashboard.Core.Recovery;

/// <summary>Which backups go, so that they neither grow without bound nor fill the disk; the newest good one always
/// stays.</summary>
internal static class BackupRetention
{
    /// <summary>Those beyond the number that is kept of each reason, and those beyond the bytes that all may take
    /// together.</summary>
    /// <param name="newestFirst">All backups.</param>
    /// <param name="good">Path of the newest one that passes its integrity check.</param>
    public static IReadOnlyList<StoredBackup> BeyondLimits(
        IReadOnlyList<StoredBackup> newestFirst,
        int keep,
        long mostBytes,
        string good
    )
    {
        var tooMany = newestFirst
            .GroupBy(backup => backup.File.Reason)
            .SelectMany(group => group.Skip(keep))
            .Where(backup => backup.File.Path != good)
            .ToList();
        var rest = newestFirst.Except(tooMany).ToList();
        return [.. tooMany, .. Free(rest, rest.Sum(backup => backup.Bytes) - mostBytes, good).Gone];
    }

    /// <summary>Those that make room for a new one.</summary>
    /// <param name="missing">Bytes that the disk lacks.</param>
    /// <returns>None where even all of them but the good one would not be enough: then none is given up in
    /// vain.</returns>
    public static IReadOnlyList<StoredBackup> ToMakeRoom(
        IReadOnlyList<StoredBackup> newestFirst,
        long missing,
        string good
    ) => Free(newestFirst, missing, good) is { IsEnough: true } freed ? freed.Gone : [];

    // The oldest first; the newest of its reason (the one before a promotion, say) only when nothing else is left.
    private static (IReadOnlyList<StoredBackup> Gone, bool IsEnough) Free(
        IReadOnlyList<StoredBackup> newestFirst,
        long bytes,
        string good
    )
    {
        var newest = newestFirst.GroupBy(backup => backup.File.Reason).Select(group => group.First()).ToHashSet();
        var (gone, freed) = (new List<StoredBackup>(), 0L);
        foreach (var backup in newestFirst.Reverse().OrderBy(newest.Contains).Where(backup => backup.File.Path != good))
        {
            if (freed >= bytes)
            {
                break;
            }

            gone.Add(backup);
            freed += backup.Bytes;
        }

        return (gone, freed >= bytes);
    }
}
