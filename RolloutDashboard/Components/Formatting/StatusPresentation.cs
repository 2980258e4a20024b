using MudBlazor;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Formatting;

/// <summary>A state as shape, word and tone; the tone never stands alone.</summary>
/// <param name="Tone">good, bad, warn, info or quiet (css/app.css).</param>
public sealed record StatusPresentation(string Icon, string Word, string Tone)
{
    /// <summary>A criterion's verdict; an inconclusive one says what it waits for.</summary>
    public static StatusPresentation Of(CriterionResult criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return Of(criterion.Verdict, criterion.Lacks);
    }

    /// <summary>A gate's verdict, in the words of the criterion that its summary names.</summary>
    public static StatusPresentation Of(GateReport gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return Of(gate.Verdict, gate.Lacks);
    }

    /// <param name="lacks">What an inconclusive verdict waits for; null where that is not known.</param>
    public static StatusPresentation Of(Verdict verdict, Shortage? lacks) =>
        verdict switch
        {
            Verdict.Pass => new(Icons.Material.Filled.CheckCircle, "Pass", "good"),
            Verdict.Fail => new(Icons.Material.Filled.Cancel, "Fail", "bad"),
            Verdict.Inconclusive => new(Icons.Material.Outlined.HourglassTop, WordFor(lacks), "info"),
            Verdict.NotMeasured => new(Icons.Material.Outlined.RadioButtonUnchecked, "Not measured", "quiet"),
            _ => new(Icons.Material.Filled.ReportProblem, "Error", "bad"),
        };

    public static StatusPresentation Of(AlertSeverity severity) =>
        severity switch
        {
            AlertSeverity.Emergency => new(Icons.Material.Filled.Emergency, "Emergency", "bad"),
            AlertSeverity.Critical => new(Icons.Material.Filled.Error, "Critical", "bad"),
            AlertSeverity.Warning => new(Icons.Material.Filled.Warning, "Warning", "warn"),
            _ => new(Icons.Material.Outlined.Info, "Info", "info"),
        };

    public static StatusPresentation Of(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Blocking => new(Icons.Material.Filled.Block, "Blocking", "bad"),
            FindingSeverity.Warning => new(Icons.Material.Filled.Warning, "Warning", "warn"),
            _ => new(Icons.Material.Outlined.Info, "Info", "info"),
        };

    /// <summary>How a procedure stands, in a word.</summary>
    public static string WordOf(ProcedureView procedure) =>
        procedure.State switch
        {
            ProcedureState.Running => "going on",
            ProcedureState.Succeeded => procedure.Kind == Procedure.Drill ? "passed" : "recovered",
            ProcedureState.Escalated => "taken over by the immediate rollback",
            ProcedureState.Failed => "failed",
            _ => "ended",
        };

    /// <param name="state">"done", "waiting", "running" or "failed".</param>
    public static StatusPresentation OfStep(string state) =>
        state switch
        {
            "done" => new(Icons.Material.Filled.CheckCircle, "done", "good"),
            "running" => new(Icons.Material.Outlined.Pending, "running", "info"),
            "failed" => new(Icons.Material.Filled.Cancel, "failed", "bad"),
            _ => new(Icons.Material.Outlined.RadioButtonUnchecked, "waiting", "quiet"),
        };

    /// <param name="state">As in <see cref="Core.Monitoring.Stages.StageEntry"/>.</param>
    public static StatusPresentation OfStage(string state) =>
        state switch
        {
            "done" => new(Icons.Material.Filled.CheckCircle, "done", "good"),
            "current" => new(Icons.Material.Filled.PlayCircle, "now", "info"),
            "rolled back" => new(Icons.Material.Filled.SettingsBackupRestore, "rolled back", "bad"),
            "halted" => new(Icons.Material.Filled.PanTool, "halted", "bad"),
            _ => new(Icons.Material.Outlined.RadioButtonUnchecked, "ahead", "quiet"),
        };

    /// <summary>"proven for the mode", "proven for these iterations", "met, not yet proven" or nothing where proof has
    /// no meaning.</summary>
    public static string? Proof(CriterionResult criterion) =>
        (criterion.ForMode, criterion.Proven) switch
        {
            ({ Proven: true }, _) => "proven for the mode",
            (null, null) => null,
            (not null, true) => "proven for these iterations, not yet for the mode",
            (null, true) => "proven for these iterations",
            _ when criterion.Verdict == Verdict.Pass => "met, not yet proven",
            _ => "not proven",
        };

    private static string WordFor(Shortage? lacks) =>
        lacks switch
        {
            Shortage.Samples => "Too few yet",
            Shortage.Time => "Too early",
            Shortage.FreshFigures => "Out of date",
            _ => "Not enough yet",
        };
}
