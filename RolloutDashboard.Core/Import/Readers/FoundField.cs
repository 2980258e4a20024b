namespace RolloutDashboard.Core.Import.Readers;

/// <summary>A field that was seen in the first records of a file.</summary>
/// <param name="Path">Names from the record inwards, parted by dots.</param>
/// <param name="Records">How many of the records looked at have it.</param>
/// <param name="Examples">Some of its values as written, shortened; at most 5 different ones.</param>
/// <param name="UsedAs">Key of the field that was made of it; null where nothing was.</param>
public sealed record FoundField(string Path, int Records, IReadOnlyList<string> Examples, string? UsedAs);
