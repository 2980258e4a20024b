using System.Globalization;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>The steps of an immediate rollback, in their order.</summary>
public static class RollbackSteps
{
    public const int Stopped = 4;
    public const int Workers = 5;
    public const int Team = 6;
    public const int Probe = 7;
    public const int Assignments = 8;

    /// <summary>Full-code assignments in a row that verify a rollback.</summary>
    public const int RequiredAssignments = 5;

    /// <summary>The steps as they stand when the stop is committed.</summary>
    public static List<RollbackStep> AtStop(
        DateTimeOffset now,
        string? markerFault,
        int configurationNumber,
        IReadOnlyList<long> cancelled
    ) =>
        [
            new()
            {
                Order = 1,
                Name = "Latch and marker file",
                State = markerFault is null ? "done" : "failed",
                At = now,
                Text = markerFault is null
                    ? "Set before the database was asked."
                    : $"Latch set; marker file not written: {markerFault}",
            },
            new()
            {
                Order = 2,
                Name = "Switch committed",
                State = "done",
                At = now,
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"json_mode_enabled = false in configuration {configurationNumber}."
                ),
            },
            new()
            {
                Order = 3,
                Name = "JSON iterations cancelled",
                State = "done",
                At = now,
                Text =
                    cancelled.Count == 0 ? "None was running." : $"{cancelled.Count}: {string.Join(", ", cancelled)}.",
            },
            new()
            {
                Order = Stopped,
                Name = "Stopped",
                State = "waiting",
                Text = "Waiting for cancelled iterations to let go.",
            },
            new()
            {
                Order = Workers,
                Name = "Loop workers restarted",
                State = "waiting",
                Text = "Waiting for the supervisor.",
            },
            new()
            {
                Order = Team,
                Name = "Team alerted",
                State = "waiting",
                Text = "Waiting for the supervisor.",
            },
            new()
            {
                Order = Probe,
                Name = "Full-code probe completed",
                State = "waiting",
                Text = "Waiting for a full-code iteration that began after the stop.",
            },
            new()
            {
                Order = Assignments,
                Name = $"Next {RequiredAssignments} assignments are full code",
                State = "waiting",
                Text = "None yet.",
            },
        ];
}
