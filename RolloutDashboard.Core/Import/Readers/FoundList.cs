namespace RolloutDashboard.Core.Import.Readers;

/// <summary>A list of objects that was seen in a file.</summary>
/// <param name="Path">Names from the document inwards, parted by dots; empty for a list that is the document.</param>
/// <param name="Elements">How many objects it holds, as far as was looked.</param>
/// <param name="IsRead">Whether its elements were taken as records.</param>
public sealed record FoundList(string Path, long Elements, bool IsRead);
