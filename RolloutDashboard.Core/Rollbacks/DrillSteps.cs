using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>The steps of a drill: that there is something to stop, and then those that the rollback itself has
/// recorded.</summary>
internal static class DrillSteps
{
    public const string Json = "JSON runs in staging";

    /// <summary>Brings the drill's steps level with those of its rollback.</summary>
    public static void Follow(Procedure procedure, Rollback rollback)
    {
        procedure.Note(new ProcedureStep(Json, "done", rollback.RequestedAt, "A stop has something to stop."));
        foreach (var step in rollback.Steps.OrderBy(step => step.Order))
        {
            procedure.Note(new ProcedureStep(step.Name, step.State, step.At, step.Text));
        }

        (procedure.RequestedAt, procedure.StoppedAt, procedure.LastNumberBefore) = (
            rollback.RequestedAt,
            rollback.StoppedAt,
            rollback.LastNumberBefore
        );
    }

    /// <summary>The step that failed, if one has.</summary>
    public static string? Failed(Rollback rollback) =>
        rollback
            .Steps.Where(step => step.State == "failed")
            .OrderBy(step => step.Order)
            .Select(step => $"{step.Name}: {step.Text}")
            .FirstOrDefault();

    /// <summary>The steps that are not done.</summary>
    public static string Missing(Rollback rollback) =>
        string.Join(
            ", ",
            rollback.Steps.Where(step => step.State != "done").OrderBy(step => step.Order).Select(step => step.Name)
        );
}
