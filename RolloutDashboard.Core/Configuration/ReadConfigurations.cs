using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Reads the configuration versions with their differences.</summary>
public sealed class ReadConfigurations(IDbContextFactory<RolloutDb> databases)
{
    private const int Most = 200;

    public async Task<ConfigurationsView> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var rows = await db
            .ConfigurationVersions.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Number)
            .Take(Most)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var views = Views(rows, rollout.ConfigurationNumber);
        return new ConfigurationsView(rollout.StateVersion, rollout.Stage, views.First(view => view.InForce), views);
    }

    /// <param name="rows">Latest first, as the views are.</param>
    private static List<ConfigurationView> Views(IEnumerable<ConfigurationVersion> rows, int inForce)
    {
        var views = new List<ConfigurationView>();
        StageConfiguration? before = null;
        foreach (var row in Enumerable.Reverse(rows))
        {
            var configuration = StageConfiguration.FromJson(row.ValuesJson);
            views.Add(
                new ConfigurationView(
                    row.Number,
                    row.Environment,
                    row.Stage,
                    row.Number == inForce,
                    row.CreatedAt,
                    row.Actor,
                    row.Reason,
                    row.Basis,
                    configuration,
                    before is null ? [] : ConfigurationDiff.Between(before, configuration)
                )
            );
            before = row.Environment == RolloutEnvironment.Production ? configuration : before;
        }

        views.Reverse();
        return views;
    }
}
