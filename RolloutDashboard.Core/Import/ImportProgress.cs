namespace RolloutDashboard.Core.Import;

/// <summary>How far the reading of a file has come.</summary>
/// <param name="BytesRead">Of <paramref name="Bytes"/>.</param>
/// <param name="Records">Good records so far.</param>
/// <param name="Problems">Lines and records left out so far.</param>
public sealed record ImportProgress(long BytesRead, long Bytes, long Records, long Problems);
