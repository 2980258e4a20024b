using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Exports;

/// <summary>Reads what the head of an export says of the rollout.</summary>
public sealed class ReadReportHead(IDbContextFactory<RolloutDb> databases, TimeProvider clock)
{
    /// <summary>A head of now, in UTC.</summary>
    /// <param name="environment">"Production", "Staging" or "imported".</param>
    public async Task<ReportHead> ExecuteAsync(
        string title,
        string author,
        string environment,
        string filters,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.FindCurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var basis = rollout is null
            ? null
            : await db
                .ConfigurationVersions.Where(row =>
                    row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber
                )
                .Select(row => row.Basis)
                .FirstOrDefaultAsync(cancellationToken)
                .ConfigureAwait(false);
        return new ReportHead
        {
            Title = title,
            At = clock.GetUtcNow(),
            Author = author,
            Rollout = rollout?.Name ?? "none",
            Environment = environment,
            IsDemo = rollout?.IsDemo ?? false,
            Market = basis,
            Filters = filters,
        };
    }
}
