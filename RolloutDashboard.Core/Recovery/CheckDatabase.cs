using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Checks the database file and tells its health; damage is confirmed only by a second failing integrity
/// check.</summary>
public sealed partial class CheckDatabase(
    DataDirectory data,
    DatabaseHealth health,
    TimeProvider clock,
    ILogger<CheckDatabase> logger
)
{
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);

    /// <summary>Checks the structure of all pages, at start and every now and then.</summary>
    public Task<DatabaseCheck> QuickAsync(CancellationToken cancellationToken) =>
        CheckAsync(DatabaseCheck.Quick, cancellationToken);

    /// <summary>Checks everything, once a day.</summary>
    public Task<DatabaseCheck> FullAsync(CancellationToken cancellationToken) =>
        CheckAsync(DatabaseCheck.Full, cancellationToken);

    /// <summary>Follows a suspicion up.</summary>
    /// <returns>The faults if the integrity check failed twice; null if the file is sound, and the suspicion
    /// cleared.</returns>
    /// <exception cref="SqliteException">The file can't be read for a reason that is not damage: no restore would
    /// help.</exception>
    public async Task<DatabaseCheck?> ConfirmAsync(CancellationToken cancellationToken)
    {
        if ((await FullAsync(cancellationToken).ConfigureAwait(false)).IsSound)
        {
            return Sound();
        }

        await Task.Delay(BetweenChecks, clock, cancellationToken).ConfigureAwait(false);
        var second = await FullAsync(cancellationToken).ConfigureAwait(false);
        if (second.IsSound)
        {
            return Sound();
        }

        health.Confirm();
        return second;
    }

    private DatabaseCheck? Sound()
    {
        LogSound(logger, health.Suspicion ?? "nothing");
        health.Clear();
        return null;
    }

    private async Task<DatabaseCheck> CheckAsync(Func<string, DatabaseCheck> check, CancellationToken cancellationToken)
    {
        var result = await Task.Run(() => check(data.Database), cancellationToken).ConfigureAwait(false);
        if (!result.IsSound)
        {
            health.Suspect(result.Faults[0]);
        }

        return result;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database was suspected of damage ({Suspicion}), but its integrity check passes."
    )]
    private static partial void LogSound(ILogger logger, string suspicion);
}
