namespace RolloutDashboard.Core.Market;

/// <summary>An indicator: one row per signal day or per day, one value per stock, NaN where it can't be computed.</summary>
public sealed class IndicatorRows(double[] values, int stockCount, IReadOnlyList<int>? signalDays)
{
    /// <summary>Memory of the values, in bytes.</summary>
    public long Bytes => (long)values.Length * sizeof(double);

    /// <summary>The row of the calendar's signal <paramref name="index"/>, which lies on <paramref name="day"/>.</summary>
    public ReadOnlySpan<double> Row(int index, int day) => values.AsSpan((signalDays is null ? day : index) * stockCount, stockCount);
}
