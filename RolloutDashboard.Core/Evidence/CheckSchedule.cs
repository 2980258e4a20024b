using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>When the live evidence is to be looked at again.</summary>
public static class CheckSchedule
{
    /// <summary>So many new iterations are looked at without waiting.</summary>
    public const int ManyNew = 20;

    /// <summary>Checks take at most this share of the time, however large the evidence grows.</summary>
    private const double LargestShare = 0.05;

    private static readonly TimeSpan SomeNew = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NothingNew = TimeSpan.FromMinutes(1);

    /// <param name="begun">How many iterations were begun by now.</param>
    public static bool IsDue(EvidenceCheckRun? last, Stage stage, int attempt, long begun, DateTimeOffset now)
    {
        if (last is null || last.Stage != stage || last.Attempt != attempt)
        {
            return true;
        }

        var since = now - last.At;
        var fresh = begun - last.UpToNumber;
        var wanted =
            fresh >= ManyNew
            || (fresh > 0 && since >= SomeNew)
            || (last.Fault is not null && since >= SomeNew)
            || since >= NothingNew;
        return wanted && since.TotalMilliseconds * LargestShare >= last.Milliseconds;
    }
}
