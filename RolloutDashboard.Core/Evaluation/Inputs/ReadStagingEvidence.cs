using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Reads what judgement looks at in a validation run.</summary>
internal static class ReadStagingEvidence
{
    /// <summary>The run's iterations as judgement sees them.</summary>
    public static Task<List<EvidenceRow>> RowsAsync(
        RolloutDb db,
        StagingRun run,
        CancellationToken cancellationToken
    ) =>
        ReadStaging
            .Iterations(db, run)
            .OrderBy(row => row.Number)
            .Select(row => new EvidenceRow
            {
                Number = row.Number,
                Source = row.Source,
                AssignedMode = row.AssignedMode,
                EffectiveMode = row.EffectiveMode,
                Kind = row.Kind,
                Status = row.Status,
                Level = row.Level,
                StartedAt = row.ClaimedAt,
            })
            .ToListAsync(cancellationToken);
}
