using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Monitoring.MarketData;

/// <summary>What is known of the market data that results rest on.</summary>
/// <param name="DataVersion">The version that stands on the records.</param>
/// <param name="Name">The market's name; null where another market is loaded by now, whose report says nothing of this
/// one.</param>
/// <param name="Notes">What was left out, carried forward, or looks wrong.</param>
public sealed record MarketDataView(string DataVersion, string? Name, IReadOnlyList<MarketNote> Notes)
{
    /// <summary>The same as lines of a report; none where the data are whole.</summary>
    public IReadOnlyList<string> Lines =>
        Name is null
            ?
            [
                $"The market of data version {DataVersion} is not the one that is loaded now, so what its data report found can't be shown here.",
            ]
            : [.. Notes.Select(note => $"Data of {Name}: {note.Text}")];

    /// <summary>The data of a version as the loaded market knows them.</summary>
    public static MarketDataView Of(string dataVersion, LoadedMarket? loaded) =>
        loaded is not null && loaded.Panel.DataVersion == dataVersion
            ? new MarketDataView(dataVersion, loaded.Panel.Name, MarketNotes.Of(loaded))
            : new MarketDataView(dataVersion, null, []);
}
