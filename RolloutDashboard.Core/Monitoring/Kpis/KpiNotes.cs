using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Reads review notes out of the chain of decisions.</summary>
internal static class KpiNotes
{
    public const string Kind = "kpi-review";
    private const int Most = 200;

    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<KpiNote>> ReadAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Decisions.Where(row => row.RolloutId == rolloutId && row.Kind == Kind)
            .OrderByDescending(row => row.Sequence)
            .Take(Most)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. from row in rows
            let inputs = JsonSerializer.Deserialize<KpiReviewInputs>(row.InputsJson)
            where inputs is not null
            select new KpiNote(
                row.Sequence,
                row.At,
                row.Actor,
                inputs.Kpi,
                inputs.Period,
                inputs.Step,
                inputs.From,
                inputs.Value,
                inputs.N,
                row.Reason ?? ""
            ),
        ];
    }
}
