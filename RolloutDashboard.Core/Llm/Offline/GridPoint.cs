namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>A point of a grid: one JSON text per parameter.</summary>
public sealed record GridPoint(IReadOnlyDictionary<string, string> Values)
{
    public bool Equals(GridPoint? other) =>
        other is not null
        && Values.Count == other.Values.Count
        && Values.All(pair => other.Values.GetValueOrDefault(pair.Key) == pair.Value);

    public override int GetHashCode() =>
        Values.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));

    public GridPoint With(string name, string value) =>
        new(Values.ToDictionary(pair => pair.Key, pair => pair.Key == name ? value : pair.Value));
}
