namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>The bulky part of an iteration, read only when somebody looks at it.</summary>
public sealed class IterationDetail
{
    public long IterationId { get; set; }

    /// <summary>Prompts, answers and errors of each attempt, as JSON.</summary>
    public required string AttemptsJson { get; set; }

    public string? Reasoning { get; set; }

    public string? Code { get; set; }

    /// <summary>Equity of the visible days as little-endian singles.</summary>
    public byte[]? Equity { get; set; }

    /// <summary>Milliseconds by part, as JSON.</summary>
    public required string TimingsJson { get; set; }
}
