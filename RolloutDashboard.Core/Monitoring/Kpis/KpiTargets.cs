using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>What KPIs must reach: the targets of the gates, and the configured share.</summary>
internal sealed class KpiTargets(GateDefinition gates, double? configuredShare)
{
    private readonly Dictionary<string, double?> _fullProduction = Of(gates, Stage.FullProduction);
    private readonly Dictionary<string, double?> _primary = Of(gates, Stage.Primary);

    public double? ConfiguredShare { get; } = configuredShare;

    /// <summary>Different people who must have given feedback.</summary>
    public int FeedbackPeople { get; } = gates.FeedbackPeople;

    /// <summary>A criterion that is switched off demands nothing.</summary>
    public double? OfFullProduction(string key) => _fullProduction.GetValueOrDefault(key);

    /// <inheritdoc cref="OfFullProduction"/>
    public double? OfPrimary(string key) => _primary.GetValueOrDefault(key);

    private static Dictionary<string, double?> Of(GateDefinition gates, Stage stage) =>
        gates
            .Stages.Single(gate => gate.Stage == stage)
            .Criteria.Where(criterion => criterion.Enabled)
            .ToDictionary(criterion => criterion.Key, criterion => criterion.Target, StringComparer.Ordinal);
}
