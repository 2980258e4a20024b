using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads cost and latency by provider and model.</summary>
internal static class ReadProviderUse
{
    public static async Task<IReadOnlyList<ProviderUse>> ExecuteAsync(IQueryable<IterationRecord> iterations, CancellationToken cancellationToken)
    {
        var asked = iterations.Where(row => row.Provider != null);
        var rows = await asked.GroupBy(row => new { Provider = row.Provider!, row.Model })
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                Priced = group.Count(row => row.CostUsd != null),
                Cost = group.Sum(row => row.CostUsd ?? 0),
                Input = group.Sum(row => row.InputTokens ?? 0),
                Output = group.Sum(row => row.OutputTokens ?? 0),
                TokensKnown = group.Count(row => row.InputTokens != null && row.OutputTokens != null),
                Mean = group.Average(row => row.LlmMilliseconds),
            })
            .OrderByDescending(row => row.Count).ToListAsync(cancellationToken).ConfigureAwait(false);
        var uses = new List<ProviderUse>();
        foreach (var row in rows)
        {
            var p95 = await asked.Where(one => one.Provider == row.Key.Provider && one.Model == row.Key.Model)
                .OrderBy(one => one.LlmMilliseconds).Skip(Rank95(row.Count)).Select(one => one.LlmMilliseconds).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            uses.Add(new ProviderUse(row.Key.Provider, row.Key.Model, row.Count, row.Priced, row.Priced == 0 ? null : row.Cost, row.Input, row.Output, row.TokensKnown, row.Mean, p95));
        }

        return uses;
    }

    /// <summary>Index of the 95th percentile by nearest rank among <paramref name="n"/> ordered values.</summary>
    internal static int Rank95(int n) => Math.Max(0, (int)Math.Ceiling(0.95 * n) - 1);
}
