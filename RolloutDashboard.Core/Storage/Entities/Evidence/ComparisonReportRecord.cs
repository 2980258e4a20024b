using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>A comparison of two sets of iterations, as it was generated.</summary>
public sealed class ComparisonReportRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>User name, or "system".</summary>
    public required string Actor { get; set; }

    /// <summary>Whether it compares the two arms of its attempt, as gate 3.2 asks; others only stand in the
    /// list.</summary>
    public bool IsOfAttempt { get; set; } = true;

    /// <summary>The two sets in words.</summary>
    public string Title { get; set; } = "JSON against full code";

    /// <summary>What it was made from, as JSON: enough to make it again. Empty in reports of an older
    /// version.</summary>
    public string InputsJson { get; set; } = "";

    /// <summary>The verdict in words.</summary>
    public string Verdict { get; set; } = "";

    /// <summary>Inputs, versions and figures.</summary>
    public required string Json { get; set; }

    public required string Markdown { get; set; }

    /// <summary>SHA-256 of <see cref="Json"/>, in lower-case hexadecimal.</summary>
    public required string Hash { get; set; }
}
