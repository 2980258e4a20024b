using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>What a person says about a file of external records, and how much of it is taken.</summary>
public sealed record ImportOptions
{
    /// <summary>The arm that the records belong to; null lets each record say so.</summary>
    public GenerationMode? Arm { get; init; }

    /// <summary>Zone of timestamps that name none.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>What the names in the file mean, where they are not the known ones.</summary>
    public HistoryMapping Mapping { get; init; } = HistoryMapping.None;

    /// <summary>JSON share that was configured, 0 to 1, where the records were drawn by one.</summary>
    public double? Share { get; init; }

    /// <summary>Canonical parameters of the example that stood in the prompt, where they are known; null
    /// otherwise.</summary>
    public string? PromptExample { get; init; }

    /// <summary>Longest record, in bytes. Default 4 MiB.</summary>
    public int LongestRecord { get; init; } = 4 * 1024 * 1024;

    /// <summary>Deepest nesting of one record. Default 32.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Largest file, in bytes. Default 16 GiB.</summary>
    public long LargestFile { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>Most bytes that a gzip archive may hold. Default 4 GiB.</summary>
    public long LargestUnpacked { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Records that are checked together; longer runs are checked window by window. Default 100,000.</summary>
    public int CheckWindow { get; init; } = 100_000;
}
