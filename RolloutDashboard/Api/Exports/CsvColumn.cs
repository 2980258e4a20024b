namespace RolloutDashboard.Api.Exports;

/// <summary>A column of a CSV file.</summary>
public sealed record CsvColumn<TRow>(string Name, Func<TRow, object?> Value);
