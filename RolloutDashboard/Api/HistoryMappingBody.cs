namespace RolloutDashboard.Api;

/// <summary>A mapping as a program sends it.</summary>
/// <param name="Map">What names mean, as after <c>--map</c>.</param>
/// <param name="List">Path of the list that holds the records.</param>
/// <param name="Zone">Zone of timestamps that name none.</param>
public sealed record HistoryMappingBody(string[]? Map, string? List, string? Zone);
