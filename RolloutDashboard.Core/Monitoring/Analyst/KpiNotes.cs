using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>What a person wrote when reviewing a KPI; stands in the chain of decisions, so it is never changed.</summary>
/// <param name="Period">Name of the column that was reviewed.</param>
/// <param name="From">Start of that period; of the rollout for the whole.</param>
/// <param name="Value">As it was then; null where nothing was measured.</param>
public sealed record KpiNote(long Sequence, DateTimeOffset At, string Author, string Kpi, string Period, KpiStep Step, DateTimeOffset From, double? Value, long N, string Text);

/// <summary>What the decision record of a review holds.</summary>
internal sealed record KpiReviewInputs(string Kpi, string Period, KpiStep Step, DateTimeOffset From, DateTimeOffset To, bool IsWhole, double? Value, long N, double? Target);

/// <summary>Reads review notes out of the chain of decisions.</summary>
internal static class KpiNotes
{
    public const string Kind = "kpi-review";
    private const int Most = 200;

    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<KpiNote>> ReadAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken)
    {
        var rows = await db.Decisions.Where(row => row.RolloutId == rolloutId && row.Kind == Kind).OrderByDescending(row => row.Sequence).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. from row in rows
               let inputs = JsonSerializer.Deserialize<KpiReviewInputs>(row.InputsJson)
               where inputs is not null
               select new KpiNote(row.Sequence, row.At, row.Actor, inputs.Kpi, inputs.Period, inputs.Step, inputs.From, inputs.Value, inputs.N, row.Reason ?? ""),
        ];
    }
}
