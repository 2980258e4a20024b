using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Tests.Support;

/// <summary>Takes a drill's alert at once.</summary>
internal sealed class ScriptedDrillNotice : IDrillNotice, INotificationStatus
{
    public List<string> Texts { get; } = [];

    public Task WriteAsync(
        RolloutDb db,
        int rolloutId,
        string text,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        Texts.Add(text);
        return Task.CompletedTask;
    }

    public Task<NotificationStatus> ReadAsync(RolloutDb db, Rollback rollback, CancellationToken cancellationToken) =>
        Task.FromResult(new NotificationStatus("done", "Told: Dashboard."));
}
