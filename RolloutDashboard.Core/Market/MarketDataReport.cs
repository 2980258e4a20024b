namespace RolloutDashboard.Core.Market;

/// <summary>What a person should know about a market's data.</summary>
/// <param name="Source">"Synthetic, seed 42" or the folder.</param>
/// <param name="Faults">What is odd in the data, most serious first; capped, with the total beside it.</param>
/// <param name="FaultCount">All faults, also those not listed.</param>
public sealed record MarketDataReport(string Source, IReadOnlyList<MarketDataFault> Faults, int FaultCount)
{
    /// <summary>All faults of each kind, also those not listed.</summary>
    public IReadOnlyDictionary<string, int> CountsByKind { get; init; } =
        Faults.CountBy(fault => fault.Kind).ToDictionary();

    /// <summary>Days that some rows are of, but fewer than half of the stocks listed then; oldest first.</summary>
    public IReadOnlyList<DateOnly> DaysLeftOut =>
        [.. Faults.Where(fault => fault.Kind == MarketFaultKind.DayLeftOut).Select(fault => fault.Date!.Value).Order()];

    /// <summary>The report with one fault more.</summary>
    public MarketDataReport With(MarketDataFault fault) =>
        this with
        {
            Faults = [.. Faults, fault],
            FaultCount = FaultCount + 1,
            CountsByKind = new Dictionary<string, int>(CountsByKind)
            {
                [fault.Kind] = CountsByKind.GetValueOrDefault(fault.Kind) + 1,
            },
        };
}
