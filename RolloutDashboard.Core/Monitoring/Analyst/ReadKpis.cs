using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads all KPIs of the latest rollout, in production.</summary>
public sealed class ReadKpis(IDbContextFactory<RolloutDb> databases, CurrentSession session, TimeProvider clock)
{
    private static readonly string[] PromotionKinds = ["promotion", "override"];

    public async Task<KpiReport> ExecuteAsync(KpiStep step, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var version = await db.ConfigurationVersions.SingleAsync(row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber, cancellationToken).ConfigureAwait(false);
        var history = await HistoryAsync(db, rollout.Id, now, cancellationToken).ConfigureAwait(false);
        var columns = KpiPeriods.Of(step, rollout.CreatedAt, now);
        var facts = new List<KpiFacts>();
        foreach (var column in columns)
        {
            facts.Add(await FactsAsync(db, rollout.Id, column, history, now, cancellationToken).ConfigureAwait(false));
        }

        return new KpiReport(step, columns, KpiTable.Of(facts, StageConfiguration.FromJson(version.ValuesJson).JsonModeProbability, await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<KpiFacts> FactsAsync(RolloutDb db, int rolloutId, KpiColumn column, History history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var period = new Period(column.From, column.IsRunning ? null : column.To);
        var groups = await IterationGroups.ReadAsync(db, rolloutId, RolloutEnvironment.Production, period, cancellationToken).ConfigureAwait(false);
        var timed = groups.Sum(group => group.Timed);
        double? slow = timed == 0 ? null : await IterationGroups.Ended(db, rolloutId, RolloutEnvironment.Production, period).Where(row => row.Status == IterationStatus.Finished)
            .OrderBy(row => row.TotalMilliseconds).Skip(ReadProviderUse.Rank95(timed)).Select(row => row.TotalMilliseconds).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var answers = await db.FeedbackAnswers
            .Where(answer => answer.RolloutId == rolloutId && answer.At >= column.From && (column.IsRunning || answer.At < column.To))
            .Select(answer => new { answer.UserId, answer.Score, answer.Id }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var scores = answers.GroupBy(answer => answer.UserId).Select(person => (double)person.MaxBy(answer => answer.Id)!.Score).ToList();
        return new KpiFacts(
            groups, slow / 1000, UptimeOf(history.Alive, column), history.Crownings.Count(at => at >= column.From && (column.IsRunning || at < column.To)),
            DeploymentRecord.Of(history.Promotions, history.Rollbacks, column.From, column.To, now),
            scores.Count == 0 ? null : scores.Average(), scores.Count);
    }

    private async Task<History> HistoryAsync(RolloutDb db, int rolloutId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alive = await db.ProcessSessions.OrderBy(row => row.StartedAt)
            .Select(row => new AliveSpan(row.StartedAt, row.Id == session.Id ? now : row.LastHeartbeatAt)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var promotions = await db.Decisions.Where(row => row.RolloutId == rolloutId && PromotionKinds.Contains(row.Kind)).Select(row => row.At).ToListAsync(cancellationToken).ConfigureAwait(false);
        var rollbacks = await db.Rollbacks.Where(row => row.RolloutId == rolloutId).Select(row => row.RequestedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        var crownings = await db.Champions.Where(row => row.RolloutId == rolloutId && row.Environment == RolloutEnvironment.Production && row.Scope == ChampionScope.Overall)
            .Select(row => row.CrownedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new History(alive, promotions, rollbacks, crownings);
    }

    // A period without any process, after the first one, was down-time and not unmeasured.
    private static double? UptimeOf(IReadOnlyList<AliveSpan> alive, KpiColumn column) =>
        Uptime.Share(alive, column.From, column.To) ?? (alive.Count > 0 && alive[0].From < column.From ? 0 : null);

    private sealed record History(IReadOnlyList<AliveSpan> Alive, IReadOnlyList<DateTimeOffset> Promotions, IReadOnlyList<DateTimeOffset> Rollbacks, IReadOnlyList<DateTimeOffset> Crownings);
}
