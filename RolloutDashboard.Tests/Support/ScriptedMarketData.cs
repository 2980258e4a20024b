using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring.MarketData;

namespace RolloutDashboard.Tests.Support;

/// <summary>One market whose data have a day left out, under every version but "gone".</summary>
public sealed class ScriptedMarketData : IMarketData
{
    public const string Sentence =
        "1 day is left out, on which fewer than half of the listed stocks have a price: 2024-05-04.";

    public MarketDataView Of(string dataVersion) =>
        dataVersion == "gone"
            ? new MarketDataView(dataVersion, null, [])
            : new MarketDataView(dataVersion, "test market", [new MarketNote(MarketFaultKind.DayLeftOut, 1, Sentence)]);
}
