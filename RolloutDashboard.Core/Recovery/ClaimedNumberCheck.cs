using System.Globalization;

namespace RolloutDashboard.Core.Recovery;

/// <summary>
/// Whether a number noted outside the database can have been given out. A restored database is behind it by what was
/// claimed since the backup, and that can't be more than the time in between allows.
/// </summary>
internal static class ClaimedNumberCheck
{
    // Far above any pace of a loop: each claim is two writes to the disk and each iteration a backtest.
    private const long MostPerSecond = 100;
    private const long Always = 10_000;

    /// <param name="known">Number in the file.</param>
    /// <param name="recorded">Highest number of the database.</param>
    /// <param name="lastClaimAt">Its latest claim, by the clock of this machine; null where it has none.</param>
    /// <param name="notedAt">When the file was written, by the same clock; the clock may have been set back in
    /// between.</param>
    public static bool IsPlausible(long known, long recorded, DateTimeOffset? lastClaimAt, DateTimeOffset notedAt) =>
        known - recorded
        <= Always + (lastClaimAt is { } last ? (long)(MostPerSecond * (notedAt - last).Duration().TotalSeconds) : 0);

    /// <summary>One sentence for pages and records.</summary>
    public static string Told(long noted, long recorded) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The file claimed-numbers names iteration {noted:#,0}, but the database ends at {recorded:#,0}, and no loop could have given out so many numbers in the time between. The file is not believed; it is kept under another name and written anew."
        );
}
