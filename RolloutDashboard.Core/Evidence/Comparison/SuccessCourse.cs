namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>Success so far of two sides over time, and when one overtook the other.</summary>
internal static class SuccessCourse
{
    /// <summary>Iterations of each side before anybody leads.</summary>
    private const int Least = 20;

    private const int MostPoints = 60;

    /// <summary>Null with too few iterations. Sides without times are walked in step, by their share of iterations.</summary>
    public static ComparedCourse? Of(string firstName, IReadOnlyList<CheckedIteration> first, string secondName, IReadOnlyList<CheckedIteration> second)
    {
        var (one, zero) = (first.Where(row => row.Counts).ToArray(), second.Where(row => row.Counts).ToArray());
        if (one.Length < Least || zero.Length < Least)
        {
            return null;
        }

        var hasTimes = one.Concat(zero).All(row => row.StartedAt is not null);
        var walk = one.Select((row, index) => (Row: row, IsFirst: true, Place: (index + 1.0) / one.Length))
            .Concat(zero.Select((row, index) => (Row: row, IsFirst: false, Place: (index + 1.0) / zero.Length)))
            .OrderBy(step => hasTimes ? step.Row.StartedAt : null).ThenBy(step => hasTimes ? 0 : step.Place).ThenBy(step => step.Row.Number).ToArray();
        var points = new List<CoursePoint>();
        var every = Math.Max(1, walk.Length / MostPoints);
        var (hits1, n1, hits0, n0, leader, changes) = (0, 0, 0, 0, 0, 0);
        CheckedIteration? took = null;
        for (var i = 0; i < walk.Length; i++)
        {
            var success = CheckedRows.Of(walk[i].Row).Succeeded ? 1 : 0;
            (hits1, n1, hits0, n0) = walk[i].IsFirst ? (hits1 + success, n1 + 1, hits0, n0) : (hits1, n1, hits0 + success, n0 + 1);
            if (n1 < Least || n0 < Least)
            {
                continue;
            }

            // Cross-multiplied, so that equal rates are equal.
            var now = Math.Sign(((long)hits1 * n0) - ((long)hits0 * n1));
            if (now != 0 && now != leader)
            {
                changes += leader == 0 ? 0 : 1;
                (leader, took) = (now, walk[i].Row);
            }

            if (i % every == 0 || i == walk.Length - 1)
            {
                points.Add(new CoursePoint(i + 1, hasTimes ? walk[i].Row.StartedAt : null, (double)hits1 / n1, (double)hits0 / n0));
            }
        }

        return new ComparedCourse(leader switch { > 0 => firstName, < 0 => secondName, _ => null }, took?.StartedAt, took?.Number, changes, points);
    }
}
