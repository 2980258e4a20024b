namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>A field of a record that the import makes something of: the left side of a mapping.</summary>
/// <param name="Key">As it is written in a mapping, for example "metrics.sharpe_ratio".</param>
/// <param name="Title">For people, for example "Sharpe ratio".</param>
/// <param name="Paths">Where it is looked for without a mapping; the first that holds something counts.</param>
/// <param name="Words">The words that it may hold, where there are only a few.</param>
public sealed record HistoryField(
    string Key,
    string Title,
    HistoryFieldKind Kind,
    IReadOnlyList<string> Paths,
    IReadOnlyList<string> Words
)
{
    public HistoryField(string key, string title, HistoryFieldKind kind, params string[] paths)
        : this(key, title, kind, paths, []) { }
}
