using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Brings the journal level with the database: adds what a crash left out, and replaces one that does not
/// belong to it.</summary>
public sealed partial class ReconcileDecisionLog(
    IDbContextFactory<RolloutDb> databases,
    DecisionJournal journal,
    DataDirectory data,
    TimeProvider clock,
    ILogger<ReconcileDecisionLog> logger
)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var decisions = await db
            .Decisions.OrderBy(record => record.Sequence)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var (records, fault) = JournalReading.Of(journal);
        var hashes = decisions.ToDictionary(record => record.Sequence, record => record.Hash);
        if (
            records.FirstOrDefault(record =>
                !hashes.TryGetValue(record.Sequence, out var hash) || hash != record.Hash
            ) is
            { } foreign
        )
        {
            fault = string.Create(
                CultureInfo.InvariantCulture,
                $"it and the database differ in decision {foreign.Sequence}"
            );
        }

        if (fault is not null)
        {
            var kept = string.Create(
                CultureInfo.InvariantCulture,
                $"{data.Journal}.kept-{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}"
            );
            LogSetAside(logger, Path.GetFileName(kept), fault);
            DurableFiles.Rename(data.Journal, kept);
        }

        journal.Append(decisions);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The decision journal was set aside as {File} and written anew from the database: {Fault}."
    )]
    private static partial void LogSetAside(ILogger logger, string file, string fault);
}
