namespace RolloutDashboard.Core.Import.Tables;

/// <summary>An imported file.</summary>
public sealed class ImportedSet
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the content and of what was said about it; the same twice is one set.</summary>
    public required string Hash { get; set; }

    public long Bytes { get; set; }

    public DateTimeOffset ImportedAt { get; set; }

    public long Records { get; set; }

    public long Problems { get; set; }

    /// <summary>What was understood, and the findings, as JSON.</summary>
    public required string ReportJson { get; set; }
}
