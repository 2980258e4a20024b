using RolloutDashboard.Core.Evidence;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Puts records that stand out of order into the order of their numbers, where no time speaks against
/// it.</summary>
internal static class RecordOrder
{
    /// <returns>Whether they were sorted.</returns>
    public static bool Sort(List<CheckedIteration> records)
    {
        if (IsAscending(records))
        {
            return false;
        }

        var sorted = records.OrderBy(one => one.Number).ToList();
        if (!TimeAgrees(sorted))
        {
            return false;
        }

        records.Clear();
        records.AddRange(sorted);
        return true;
    }

    private static bool IsAscending(List<CheckedIteration> records)
    {
        for (var at = 1; at < records.Count; at++)
        {
            if (records[at].Number < records[at - 1].Number)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TimeAgrees(List<CheckedIteration> sorted)
    {
        DateTimeOffset? latest = null;
        foreach (var at in sorted.Select(one => one.StartedAt).OfType<DateTimeOffset>())
        {
            if (at < latest)
            {
                return false;
            }

            latest = at;
        }

        return true;
    }
}
