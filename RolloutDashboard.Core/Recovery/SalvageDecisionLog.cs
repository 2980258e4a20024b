using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Recovery;

/// <summary>
/// Before a restore takes the database away, brings into the journal what was decided in it and not written there yet:
/// a decision may have been committed in the very moment in which the restore began.
/// </summary>
public sealed partial class SalvageDecisionLog(
    DataDirectory data,
    DecisionJournal journal,
    ILogger<SalvageDecisionLog> logger
)
{
    /// <summary>Does what the file's state allows; a damaged one gives what it can't any more to nobody.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.Database))
        {
            return;
        }

        try
        {
            var written = journal.Read();
            var last = written.Count > 0 ? written[^1] : null;
            var after = last?.Sequence ?? 0;
            await using var db = Open();
            var decisions = await db
                .Decisions.Where(row => row.Sequence > after)
                .OrderBy(row => row.Sequence)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            journal.Append(ChainContinuation.Of(last, decisions).Missing);
        }
        catch (Exception exception)
            when (exception
                    is SqliteException
                        or IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidOperationException
                        or FormatException
            )
        {
            LogNotRead(logger, exception.Message);
        }
    }

    private SqliteRolloutDb Open()
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder
                {
                    DataSource = data.Database,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                    DefaultTimeout = 30,
                }.ToString()
            )
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return new SqliteRolloutDb(options.Options);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database that is to be replaced can't be asked for its latest decisions ({Fault}); those in the journal are kept."
    )]
    private static partial void LogNotRead(ILogger logger, string fault);
}
