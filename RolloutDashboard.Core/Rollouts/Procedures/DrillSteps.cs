using System.Globalization;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Procedures;

/// <summary>The steps of a drill, the same as those of an immediate rollback.</summary>
internal static class DrillSteps
{
    public const string Json = "JSON runs in staging";
    public const string Stopped = "Stopped";
    private const string Worker = "Staging worker began anew";
    private const string Team = "Team alerted";
    private const string Probe = "Full-code probe completed";
    private static readonly string Assignments = $"Next {RollbackSteps.RequiredAssignments} assignments are full code";

    public static void AtStop(Procedure procedure, DateTimeOffset now, int cancelled)
    {
        procedure.Note(new ProcedureStep(Json, "done", now, "A stop has something to stop."));
        procedure.Note(new ProcedureStep("Latch and marker file", "done", procedure.RequestedAt, "Those of the drill, before the database was asked."));
        procedure.Note(new ProcedureStep("Switch committed", "done", now, string.Create(CultureInfo.InvariantCulture, $"json_mode_enabled = false in staging configuration {procedure.ConfigurationNumber}.")));
        procedure.Note(new ProcedureStep("JSON iterations cancelled", "done", now, cancelled == 0 ? "None was running." : string.Create(CultureInfo.InvariantCulture, $"{cancelled} in staging.")));
        procedure.Note(new ProcedureStep(Stopped, "waiting", null, "Waiting for cancelled iterations to let go."));
        procedure.Note(new ProcedureStep(Worker, "waiting", null, "Waiting for the supervisor."));
        procedure.Note(new ProcedureStep(Team, "waiting", null, "The alert is being written."));
        procedure.Note(new ProcedureStep(Probe, "waiting", null, "Waiting for a full-code iteration that began after the stop."));
        procedure.Note(new ProcedureStep(Assignments, "waiting", null, "None yet."));
    }

    public static void AfterStop(Procedure procedure, DateTimeOffset now, IReadOnlyList<GenerationMode> assigned, long? probe, TeamTold told)
    {
        Advance(procedure, Worker, assigned.Count > 0, now, assigned.Count > 0 ? "It has claimed since the stop." : "Waiting for the supervisor.");
        Advance(procedure, Team, told.State == "done", now, told.Text);
        Advance(procedure, Probe, probe is not null, now, probe is null ? "Waiting for a full-code iteration that began after the stop." : string.Create(CultureInfo.InvariantCulture, $"Staging iteration {probe} completed in full code."));
        var wrong = assigned.Count(mode => mode != GenerationMode.FullCode);
        if (wrong > 0)
        {
            procedure.Note(new ProcedureStep(Assignments, "failed", now, string.Create(CultureInfo.InvariantCulture, $"{wrong} of the first {assigned.Count} were JSON.")));
        }
        else
        {
            Advance(procedure, Assignments, assigned.Count >= RollbackSteps.RequiredAssignments, now, string.Create(CultureInfo.InvariantCulture, $"{assigned.Count} of {RollbackSteps.RequiredAssignments}."));
        }
    }

    // A step that is done keeps its time.
    private static void Advance(Procedure procedure, string name, bool done, DateTimeOffset now, string text)
    {
        if (procedure.Steps().FirstOrDefault(step => step.Name == name) is not { State: "done" })
        {
            procedure.Note(new ProcedureStep(name, done ? "done" : "waiting", done ? now : null, text));
        }
    }
}
