using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>Reads what charts mark: decisions that changed what was measured, and switches to another
/// provider.</summary>
internal static class ReadMarks
{
    private const int Most = 50;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["rollout-opened"] = "start",
        ["rollback"] = "rollback",
        ["promotion"] = "promotion",
        ["override"] = "override",
        ["resume"] = "stage",
        ["configuration"] = "configuration",
        ["basis-changed"] = "model",
    };

    public static async Task<IReadOnlyList<ChartMark>> ExecuteAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset? from,
        CancellationToken cancellationToken
    )
    {
        var kinds = Kinds.Keys.ToArray();
        var decisions = await db
            .Decisions.Where(decision =>
                decision.RolloutId == rolloutId
                && kinds.Contains(decision.Kind)
                && decision.At >= (from ?? DateTimeOffset.MinValue)
            )
            .OrderByDescending(decision => decision.Sequence)
            .Take(Most)
            .Select(decision => new
            {
                decision.At,
                decision.Kind,
                decision.Text,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var switches = await SwitchesAsync(db, rolloutId, from, cancellationToken).ConfigureAwait(false);
        return
        [
            .. decisions
                .Select(decision => new ChartMark(decision.At, Kinds[decision.Kind], decision.Text))
                .Concat(switches)
                .OrderBy(mark => mark.At)
                .TakeLast(Most),
        ];
    }

    private static Task<List<ChartMark>> SwitchesAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset? from,
        CancellationToken cancellationToken
    ) =>
        db
            .Events.Where(one =>
                one.RolloutId == rolloutId
                && one.Source == ProviderEventRecords.Switch
                && one.At >= (from ?? DateTimeOffset.MinValue)
            )
            .OrderByDescending(one => one.Id)
            .Take(Most)
            .Select(one => new ChartMark(one.At, "model", one.Text))
            .ToListAsync(cancellationToken);
}
