using RolloutDashboard.Core.Evidence.Comparisons.Reports;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Success so far of two sides over time, and when one overtook the other.</summary>
internal static class CumulativeSuccessSeries
{
    /// <summary>Iterations of each side before anybody leads.</summary>
    private const int Least = 20;

    private const int MostPoints = 60;

    /// <summary>Null with too few iterations. Sides without times are walked in step, by their share of
    /// iterations.</summary>
    public static ComparedCourse? Of(
        string firstName,
        IReadOnlyList<CheckedIteration> first,
        string secondName,
        IReadOnlyList<CheckedIteration> second
    )
    {
        var (one, zero) = (Counting(first), Counting(second));
        if (one.Count < Least || zero.Count < Least)
        {
            return null;
        }

        var hasTimes = one.Concat(zero).All(row => row.StartedAt is not null);
        if (hasTimes)
        {
            (one, zero) = (InTime(one), InTime(zero));
        }

        var walked = Walk(one, zero, hasTimes);
        return new ComparedCourse(
            walked.Leader switch
            {
                > 0 => firstName,
                < 0 => secondName,
                _ => null,
            },
            walked.Took?.StartedAt,
            walked.Took?.Number,
            walked.Changes,
            walked.Points
        );
    }

    private static Walked Walk(IReadOnlyList<CheckedIteration> one, IReadOnlyList<CheckedIteration> zero, bool hasTimes)
    {
        var length = one.Count + zero.Count;
        var points = new List<CoursePoint>();
        var every = Math.Max(1, length / MostPoints);
        var (hits1, n1, hits0, n0, leader, changes) = (0, 0, 0, 0, 0, 0);
        CheckedIteration? took = null;
        var (left, right) = (0, 0);
        for (var i = 0; i < length; i++)
        {
            var isFirst = right == zero.Count || (left < one.Count && !IsLater(one, left, zero, right, hasTimes));
            var row = isFirst ? one[left++] : zero[right++];
            var success = row.Succeeded ? 1 : 0;
            (hits1, n1, hits0, n0) = isFirst
                ? (hits1 + success, n1 + 1, hits0, n0)
                : (hits1, n1, hits0 + success, n0 + 1);
            if (n1 < Least || n0 < Least)
            {
                continue;
            }

            // Cross-multiplied, so that equal rates are equal.
            var now = Math.Sign(((long)hits1 * n0) - ((long)hits0 * n1));
            if (now != 0 && now != leader)
            {
                changes += leader == 0 ? 0 : 1;
                (leader, took) = (now, row);
            }

            if (i % every == 0 || i == length - 1)
            {
                points.Add(
                    new CoursePoint(i + 1, hasTimes ? row.StartedAt : null, (double)hits1 / n1, (double)hits0 / n0)
                );
            }
        }

        return new Walked(leader, took, changes, points);
    }

    // Without times by the share of each side that has been walked.
    private static bool IsLater(
        IReadOnlyList<CheckedIteration> one,
        int of1,
        IReadOnlyList<CheckedIteration> zero,
        int of0,
        bool hasTimes
    )
    {
        var order = hasTimes
            ? one[of1].StartedAt!.Value.CompareTo(zero[of0].StartedAt!.Value)
            : ((of1 + 1.0) / one.Count).CompareTo((of0 + 1.0) / zero.Count);
        return order > 0 || (order == 0 && one[of1].Number > zero[of0].Number);
    }

    private static IReadOnlyList<CheckedIteration> Counting(IReadOnlyList<CheckedIteration> rows) =>
        rows.All(row => row.Counts) ? rows : [.. rows.Where(row => row.Counts)];

    private static IReadOnlyList<CheckedIteration> InTime(IReadOnlyList<CheckedIteration> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var order = rows[i - 1].StartedAt!.Value.CompareTo(rows[i].StartedAt!.Value);
            if (order > 0 || (order == 0 && rows[i - 1].Number > rows[i].Number))
            {
                return [.. rows.OrderBy(row => row.StartedAt).ThenBy(row => row.Number)];
            }
        }

        return rows;
    }

    // Leader is above 0 for the first side and below for the second.
    private readonly record struct Walked(
        int Leader,
        CheckedIteration? Took,
        int Changes,
        IReadOnlyList<CoursePoint> Points
    );
}
