namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>When a stock is listed, when and why it leaves, and on which days it isn't traded.</summary>
internal sealed record StockLife(int FirstDay, int LastDay, bool IsTakeover, bool IsFailure)
{
    public static StockLife Draw(RandomStream random, int days, bool[] suspended)
    {
        var shown = days - SyntheticModel.BurnInDays;
        var years = (double)shown / SyntheticModel.DaysPerYear;
        var late = random.Uniform() < Math.Min(0.5, SyntheticModel.ListingRate * years);
        var first = SyntheticModel.BurnInDays + (late ? random.Index(shown - SyntheticModel.TakeoverDays) : 0);
        var failure = Wait(random, SyntheticModel.FailureRate);
        var takeover = Wait(random, SyntheticModel.TakeoverRate);
        var end = first + SyntheticModel.TakeoverDays + Math.Min(failure, takeover);
        DrawSuspensions(random, suspended);
        return end < days
            ? new StockLife(first, (int)end, takeover < failure, failure <= takeover)
            : new StockLife(first, days - 1, false, false);
    }

    /// <summary>The return that an event dictates on a day, or null.</summary>
    public double? Event(int day) =>
        this switch
        {
            { IsFailure: true } when day == LastDay => SyntheticModel.FailureReturn,
            { IsTakeover: true } when day == LastDay - SyntheticModel.TakeoverDays => SyntheticModel.TakeoverReturn,
            _ => null,
        };

    private static double Wait(RandomStream random, double rate) =>
        -PortableMath.Log(random.Uniform()) / rate * SyntheticModel.DaysPerYear;

    private static void DrawSuspensions(RandomStream random, bool[] suspended)
    {
        var chance = SyntheticModel.SuspensionsPerYear / SyntheticModel.DaysPerYear;
        for (var day = 0; day < suspended.Length; day++)
        {
            if (random.Uniform() < chance)
            {
                var length = 1 + random.Index(SyntheticModel.LongestSuspension);
                suspended.AsSpan(day, Math.Min(length, suspended.Length - day)).Fill(true);
            }
        }
    }
}
