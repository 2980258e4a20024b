using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Recovery.Exercise;

/// <summary>What must hold once a killed server has started again.</summary>
internal sealed class AfterKill(DataDirectory data)
{
    /// <returns>What does not hold, a line each.</returns>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = (await new VerifyRecords(data, new DecisionJournal(data)).ExecuteAsync(cancellationToken))
            .Where(fact => !fact.IsGood)
            .Select(fact => fact.Text)
            .ToList();
        faults.AddRange(Files());
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, data.Database, pooling: false);
        await using var db = new SqliteRolloutDb(options.Options);
        await using var oneMoment = await db.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.ReadUncommitted,
            cancellationToken
        );
        faults.AddRange(await StateAsync(db, cancellationToken));
        faults.AddRange(await StepsAsync(db, cancellationToken));
        faults.AddRange(await RollupsAsync(db, cancellationToken));
        faults.AddRange(await LineagesAsync(db, cancellationToken));
        return faults;
    }

    private IEnumerable<string> Files()
    {
        foreach (var backup in BackupFile.List(data).Where(backup => !DatabaseCheck.Full(backup.Path).IsSound))
        {
            yield return $"The listed backup {backup.Path} is not whole.";
        }

        if (File.Exists(data.RestoreIntent) || File.Exists(data.Database + ".restoring"))
        {
            yield return "A restore is left unfinished.";
        }

        if (!File.Exists(data.StopMarker))
        {
            yield return "The marker file is not set.";
        }
    }

    private async Task<IEnumerable<string>> StateAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var rollout = await db.Rollouts.SingleAsync(cancellationToken);
        var decisions = await db.Decisions.OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        var actual = new ExpectedState(
            rollout.Stage,
            rollout.Phase,
            rollout.ConfigurationNumber,
            await db.Rollbacks.CountAsync(cancellationToken)
        );
        var expected = ExpectedState.Of(decisions);
        if (actual != expected)
        {
            faults.Add($"The rollout is at {actual}, its decisions put it at {expected}.");
        }

        var inForce = await db.ConfigurationVersions.SingleAsync(
            row => row.Number == rollout.ConfigurationNumber,
            cancellationToken
        );
        if (rollout.Phase != RolloutPhase.RolledBack || StageConfiguration.FromJson(inForce.ValuesJson).JsonModeEnabled)
        {
            faults.Add("JSON is on after an unclean stop.");
        }

        if (await db.StageAttempts.AnyAsync(visit => visit.EndedAt == null, cancellationToken))
        {
            faults.Add("An attempt is open though the rollout is rolled back.");
        }

        var orphans = await OrphansAsync(db, cancellationToken);
        if (orphans > 0)
        {
            faults.Add($"{orphans} iterations of dead processes still run.");
        }

        return faults.Concat(Actions(decisions));
    }

    private static async Task<int> OrphansAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var session = await db.ProcessSessions.MaxAsync(row => row.Id, cancellationToken);
        return await db.Iterations.CountAsync(
            row => row.Status == IterationStatus.Running && row.SessionId != session,
            cancellationToken
        );
    }

    // A told success is kept for ever; an action that was not told has happened once or not at all.
    private IEnumerable<string> Actions(List<DecisionRecord> decisions)
    {
        foreach (
            var action in new ExerciseLog(data)
                .Read()
                .Where(line => line.Kind is not ("backup" or "look"))
                .GroupBy(line => line.Id)
        )
        {
            var last = action.Last();

            // A restore leaves a marker with its reason; a resume that is killed before it takes the marker away is
            // undone by a rollback that quotes it.
            var kinds = decisions
                .Where(decision => decision.Reason?.Contains(action.Key, StringComparison.Ordinal) == true)
                .Select(decision => decision.Kind)
                .Where(kind =>
                    last.Kind != DecisionKinds.Restored || !kind.StartsWith("rollback", StringComparison.Ordinal)
                )
                .ToArray();
            var times = kinds.Length;
            var legal = last.Succeeded switch
            {
                true => times == 1,
                false => times <= 1,
                null => times <= 1,
            };
            if (!legal)
            {
                yield return $"The action {last.Kind} ({last.Succeeded?.ToString() ?? "killed"}: {last.Message}) left {times} decisions: {string.Join(", ", kinds)}.";
            }
        }
    }

    private static async Task<IEnumerable<string>> StepsAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var steps = await db
            .RollbackSteps.Select(step => new { step.RollbackId, step.Order })
            .ToListAsync(cancellationToken);
        return steps
            .GroupBy(step => step.RollbackId)
            .Where(group => !group.Select(step => step.Order).Order().SequenceEqual(Enumerable.Range(1, 8)))
            .Select(group =>
                $"Rollback {group.Key} has the steps {string.Join(" ", group.Select(step => step.Order))}."
            );
    }

    // Each place of a lineage was given to one iteration of its arm, and none is missing.
    private static async Task<IEnumerable<string>> LineagesAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var rows = (await db.Iterations.Where(row => row.LineageId != null).ToListAsync(cancellationToken)).ToLookup(
            row => row.LineageId
        );
        return (await db.Lineages.ToListAsync(cancellationToken))
            .Where(lineage =>
                !rows[lineage.Id]
                    .Select(row => row.LineagePosition!.Value)
                    .Order()
                    .SequenceEqual(Enumerable.Range(1, lineage.Count))
                || rows[lineage.Id].Any(row => row.AssignedMode != lineage.Mode)
                || (lineage.PlannedLength > 0 && lineage.Count > lineage.PlannedLength)
            )
            .Select(lineage => $"Lineage {lineage.Id} counts {lineage.Count}, its iterations differ.");
    }

    private static async Task<IEnumerable<string>> RollupsAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var rebuilt = Rollups
            .Rebuild(
                await db.Iterations.Where(row => row.Status != IterationStatus.Running).ToListAsync(cancellationToken)
            )
            .Minutes;
        var stored = await db.RollupBuckets.ToListAsync(cancellationToken);
        static string Say(RollupBucket row) =>
            $"{row.Environment} {row.Minute:O} {row.Stage}/{row.Attempt} {row.Mode}: {row.Level0} {row.Level1} {row.Level2} {row.Level3} lost {row.Lost} cancelled {row.Cancelled} hits {row.CacheHits}/{row.CacheLookups}";
        return stored
            .Select(row => Say(row))
            .Except(rebuilt.Select(row => Say(row)))
            .Select(line => $"The stored rollup {line} is not what the iterations give.")
            .Concat(
                rebuilt
                    .Select(row => Say(row))
                    .Except(stored.Select(row => Say(row)))
                    .Select(line => $"The iterations give the rollup {line}, which is not stored.")
            );
    }
}
