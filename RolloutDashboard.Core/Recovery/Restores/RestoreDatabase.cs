using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>
/// Puts a backup into the place of the database, in a server that runs or before it starts. Killed at any instruction,
/// the next start finds the file from before or the finished one, and an intent that says to go on.
/// </summary>
public sealed partial class RestoreDatabase(
    DataDirectory data,
    DatabaseAvailability gate,
    JsonKillSwitch jsonSwitch,
    RunningIterations running,
    ExchangeDatabase exchange,
    TimeProvider clock,
    ILogger<RestoreDatabase> logger
)
{
    private const string Closed = "The database is being restored; try again in a moment.";
    private static readonly TimeSpan WritersLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="NoGoodBackupException">No backup passes its integrity check; nothing was changed.</exception>
    public async Task<RestoreResult> ExecuteAsync(RestoreRequest request, CancellationToken cancellationToken)
    {
        data.RequireSame();
        var from = request.From is { } wanted ? Checked(Path.GetFullPath(wanted)) : NewestSound();
        var stop = jsonSwitch.Latch();
        jsonSwitch.Mark(request.Actor, $"The database is restored: {request.Reason}");
        running.CancelAll(CancellationReason.Restore);
        await gate.CloseAsync(Closed, WritersLimit, cancellationToken).ConfigureAwait(false);
        try
        {
            // From here on a request to stop no longer aborts it: half a restore is worse than a late stop.
            var result = await ExchangeAsync(
                    RestoreIntent.Begin(data, clock.GetUtcNow(), request, from),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            jsonSwitch.Acknowledge(stop);
            return result;
        }
        catch when (File.Exists(data.Database) && data.WhyLost() is null)
        {
            // Nothing was exchanged, or all of it. Otherwise the gate stays closed: an opened connection would make an
            // empty file.
            gate.Open();
            throw;
        }
    }

    /// <summary>Carries a restore that was killed, or failed in the middle, to its end.</summary>
    /// <returns>What it brought; null when none had begun.</returns>
    public async Task<RestoreResult?> FinishAsync(CancellationToken cancellationToken)
    {
        if (RestoreIntent.Read(data) is not { } intent)
        {
            exchange.RemovePrepared();
            return null;
        }

        var stop = jsonSwitch.Latch();
        jsonSwitch.Mark(intent.Actor, $"The database is restored: {intent.Reason}");
        var result = await ExchangeAsync(intent, cancellationToken).ConfigureAwait(false);
        jsonSwitch.Acknowledge(stop);
        return result;
    }

    private async Task<RestoreResult> ExchangeAsync(RestoreIntent intent, CancellationToken cancellationToken)
    {
        var result = await exchange.ExecuteAsync(intent, cancellationToken).ConfigureAwait(false);
        LogRestored(logger, intent.Reason, result.Text);
        return result;
    }

    private string NewestSound() =>
        BackupFile.List(data).Select(file => file.Path).FirstOrDefault(path => Fault(path) is null)
        ?? throw new NoGoodBackupException(
            $"There is no backup in {data.Backups} that passes its integrity check. Put one there, or name another file with 'restore --from FILE'."
        );

    private static string Checked(string path) =>
        Fault(path) is { } fault ? throw new NoGoodBackupException($"{path} can't be restored: {fault}") : path;

    private static string? Fault(string path)
    {
        if (!File.Exists(path))
        {
            return "there is no such file.";
        }

        try
        {
            return DatabaseCheck.Full(path) is { IsSound: false } check ? check.Faults[0]
                : DatabaseCheck.Scalar(path, "SELECT COUNT(*) FROM Rollouts") > 0 ? null
                : "it holds no rollout.";
        }
        catch (SqliteException exception)
        {
            return exception.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} {Text}")]
    private static partial void LogRestored(ILogger logger, string reason, string text);
}
