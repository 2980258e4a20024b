using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;

namespace RolloutDashboard.Background;

/// <summary>Tells of each isolation that programs run in from now on: in the log at once, and as an event when the
/// database can be written.</summary>
public sealed partial class SandboxEventLog(
    IDbContextFactory<RolloutDb> databases,
    TimeProvider clock,
    ILogger<SandboxEventLog> logger
) : BackgroundService
{
    private const int Most = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly Channel<(DateTimeOffset At, SandboxStatus Status)> _changes = Channel.CreateBounded<(
        DateTimeOffset At,
        SandboxStatus Status
    )>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    private bool _wasReduced;

    /// <summary>Takes in an isolation that replaces another one. A full one from the start is no event.</summary>
    public void Report(SandboxStatus status)
    {
        if (status.IsFull)
        {
            LogFull(logger, status.Detail);
        }
        else
        {
            LogReduced(logger, status.Name, status.Detail);
        }

        if (_wasReduced || !status.IsFull)
        {
            _changes.Writer.TryWrite((clock.GetUtcNow(), status));
        }

        _wasReduced = !status.IsFull;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (at, status) in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await KeepAsync(at, status, stoppingToken))
            {
                await Task.Delay(s_pause, clock, stoppingToken);
            }
        }
    }

    private async Task<bool> KeepAsync(DateTimeOffset at, SandboxStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (await db.FindCurrentRolloutIdAsync(cancellationToken) is not { } rolloutId)
            {
                return false;
            }

            db.Events.Add(SandboxEventRecords.Of(rolloutId, at, status));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            LogWaits(logger, exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Generated programs run with full isolation. {Detail}")]
    private static partial void LogFull(ILogger logger, string detail);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Generated programs run with less than full isolation ({Name}). {Detail}"
    )]
    private static partial void LogReduced(ILogger logger, string name, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change of isolation can't be written down yet: {Reason}")]
    private static partial void LogWaits(ILogger logger, string reason);
}
