using System.Text.Json;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A recorded procedure that goes on in steps: a gradual rollback or a drill. At most one of each kind
/// runs.</summary>
public sealed class Procedure
{
    /// <summary>Kind of a gradual rollback.</summary>
    public const string Gradual = "gradual";

    /// <summary>Kind of a drill in staging.</summary>
    public const string Drill = "drill";

    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary><see cref="Gradual"/> or <see cref="Drill"/>.</summary>
    public required string Kind { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }

    public ProcedureState State { get; set; }

    /// <summary>0-based step; each change goes on from the step that was seen, so that none is done twice.</summary>
    public int Step { get; set; }

    /// <summary>JSON share of the step, 0 to 1; null in a drill.</summary>
    public double? Share { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset StepStartedAt { get; set; }

    /// <summary>Highest iteration number claimed when the step began; it is judged by what came after.</summary>
    public long LastNumberBefore { get; set; }

    /// <summary>Configuration of the drill's staging run; 0 in a gradual rollback.</summary>
    public int ConfigurationNumber { get; set; }

    /// <summary>When a drill's stop was asked for.</summary>
    public DateTimeOffset? RequestedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended, in one sentence.</summary>
    public string? Outcome { get; set; }

    public string StepsJson { get; set; } = "[]";

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<ProcedureStep> Steps() => JsonSerializer.Deserialize<List<ProcedureStep>>(StepsJson) ?? [];

    /// <summary>Replaces a step of the same name, or adds it at the end.</summary>
    public void Note(ProcedureStep step)
    {
        var steps = Steps().ToList();
        var at = steps.FindIndex(known => known.Name == step.Name);
        if (at < 0)
        {
            steps.Add(step);
        }
        else
        {
            steps[at] = step;
        }

        StepsJson = JsonSerializer.Serialize(steps);
    }

    /// <summary>Ends it with a sentence.</summary>
    public void End(ProcedureState state, string outcome, DateTimeOffset now) =>
        (State, Outcome, EndedAt) = (state, outcome, now);
}
