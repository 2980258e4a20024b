using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Reads what a history is judged by: the gates in force, edited ones included, and the configured
/// times.</summary>
public sealed class ReadHistoryPolicy(
    IDbContextFactory<RolloutDb> databases,
    IOptions<StageOptions> stages,
    IOptions<GateOptions> gates
)
{
    public async Task<HistoryPolicy> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.FindCurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var definition = rollout is null
            ? GateDefinition.Default
            : await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        return Of(definition, stages.Value, gates.Value);
    }

    /// <summary>The same where the gates are known. A history is no demo, so its stages take their whole
    /// time.</summary>
    public static HistoryPolicy Of(GateDefinition definition, StageOptions stages, GateOptions gates)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(gates);
        var times = Enum.GetValues<Stage>().ToDictionary(stage => stage, stage => stages.For(stage, isDemo: false));
        return new HistoryPolicy(definition, times, gates.RequireProof);
    }
}
