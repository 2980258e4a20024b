namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// Bootstrap samples of days, each kept as runs of neighbouring days: a sum over a sample is then two prefix sums a
/// run.
/// </summary>
public sealed class ResampledDays
{
    private readonly DayRun[] _runs;
    private readonly int[] _ends;

    internal ResampledDays(int days, double meanBlock, DayRun[] runs, int[] ends) =>
        (Days, MeanBlock, _runs, _ends) = (days, meanBlock, runs, ends);

    /// <summary>Days of the sample that was drawn from, and of each that was drawn.</summary>
    public int Days { get; }

    /// <summary>Mean length of a block, in days.</summary>
    public double MeanBlock { get; }

    /// <summary>Number of samples.</summary>
    public int Count => _ends.Length;

    /// <summary>The days of one sample.</summary>
    public ReadOnlySpan<DayRun> this[int sample] => _runs.AsSpan((sample == 0 ? 0 : _ends[sample - 1]).._ends[sample]);

    /// <summary>Samples that were drawn elsewhere.</summary>
    /// <param name="samples">Each with as many days as there are, of 0 to days - 1.</param>
    /// <exception cref="ArgumentException">A sample has another length, or a day that there is not.</exception>
    public static ResampledDays Of(int days, double meanBlock, IEnumerable<IReadOnlyList<int>> samples)
    {
        var (runs, ends) = (new List<DayRun>(), new List<int>());
        foreach (var sample in samples)
        {
            if (sample.Count != days || sample.Any(day => day < 0 || day >= days))
            {
                throw new ArgumentException(
                    $"Each sample must hold {days} of the days 0 to {days - 1}.",
                    nameof(samples)
                );
            }

            var first = 0;
            for (var at = 1; at <= days; at++)
            {
                if (at == days || sample[at] != sample[at - 1] + 1)
                {
                    runs.Add(new DayRun(sample[first], sample[at - 1] + 1));
                    first = at;
                }
            }

            ends.Add(runs.Count);
        }

        return new ResampledDays(days, meanBlock, [.. runs], [.. ends]);
    }
}
