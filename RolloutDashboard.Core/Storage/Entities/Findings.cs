using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A finding of the evidence checks, from when it was first seen to when it no longer held.</summary>
public sealed class FindingRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>For example "mode-collapse"; code and subject name the finding across runs.</summary>
    public required string Code { get; set; }

    public required string Subject { get; set; }

    public FindingSeverity Severity { get; set; }

    /// <summary>Figures behind it by name, as JSON.</summary>
    public required string NumbersJson { get; set; }

    /// <summary>Numbers of iterations it rests on as a JSON array; the first ones where there are very many.</summary>
    public required string IterationsJson { get; set; }

    /// <summary>How many iterations it rests on.</summary>
    public int IterationCount { get; set; }

    public required string Sentence { get; set; }

    public required string Remedy { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When a run no longer found it; it comes back as a new record.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    public DateTimeOffset? DismissedAt { get; set; }

    public string? DismissedBy { get; set; }

    public string? DismissReason { get; set; }
}

/// <summary>The latest run of the evidence checks over a rollout.</summary>
public sealed class EvidenceCheckRun
{
    /// <summary>An older run answers nothing.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(15);

    public int RolloutId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Stage and attempt whose evidence it looked at.</summary>
    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    /// <summary>Highest iteration number begun by then.</summary>
    public long UpToNumber { get; set; }

    /// <summary>Iterations of the attempt that it looked at.</summary>
    public int Iterations { get; set; }

    public double Milliseconds { get; set; }

    /// <summary>What failed; null when every check had its say.</summary>
    public string? Fault { get; set; }
}

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

    /// <summary>Whether it compares the two arms of its attempt, as gate 3.2 asks; others only stand in the list.</summary>
    public bool IsOfAttempt { get; set; } = true;

    /// <summary>The two sets in words.</summary>
    public string Title { get; set; } = "JSON against full code";

    /// <summary>What it was made from, as JSON: enough to make it again. Empty in reports of an older version.</summary>
    public string InputsJson { get; set; } = "";

    /// <summary>The verdict in words.</summary>
    public string Verdict { get; set; } = "";

    /// <summary>Inputs, versions and figures.</summary>
    public required string Json { get; set; }

    public required string Markdown { get; set; }

    /// <summary>SHA-256 of <see cref="Json"/>, in lower-case hexadecimal.</summary>
    public required string Hash { get; set; }
}

/// <summary>A live assessment of gate and alert rules with its inputs, for the replay.</summary>
public sealed class JudgementRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>The instant that was judged.</summary>
    public DateTimeOffset At { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    /// <summary>Highest iteration number that it saw.</summary>
    public long UpToNumber { get; set; }

    public Verdict Verdict { get; set; }

    /// <summary>Verdicts, alert phases and due actions in one line; equal ones in a row are kept once.</summary>
    public required string Signature { get; set; }

    /// <summary>All inputs but the iterations, which are named by number.</summary>
    public required string InputsJson { get; set; }

    public required string OutcomeJson { get; set; }
}
