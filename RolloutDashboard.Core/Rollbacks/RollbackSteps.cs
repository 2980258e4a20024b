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
            Done(
                2,
                "Switch committed",
                now,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"json_mode_enabled = false in configuration {configurationNumber}."
                )
            ),
            Done(
                3,
                "JSON iterations cancelled",
                now,
                cancelled.Count == 0 ? "None was running." : $"{cancelled.Count}: {string.Join(", ", cancelled)}."
            ),
            Waiting(Stopped, "Stopped", "Waiting for cancelled iterations to let go."),
            Waiting(Workers, "Loop workers restarted", "Waiting for the supervisor."),
            Waiting(Team, "Team alerted", "Waiting for the supervisor."),
            Waiting(Probe, "Full-code probe completed", "Waiting for a full-code iteration that began after the stop."),
            Waiting(Assignments, $"Next {RequiredAssignments} assignments are full code", "None yet."),
        ];

    private static RollbackStep Done(int order, string name, DateTimeOffset at, string text) =>
        new()
        {
            Order = order,
            Name = name,
            State = "done",
            At = at,
            Text = text,
        };

    private static RollbackStep Waiting(int order, string name, string text) =>
        new()
        {
            Order = order,
            Name = name,
            State = "waiting",
            Text = text,
        };
}
