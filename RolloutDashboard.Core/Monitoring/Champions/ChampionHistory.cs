using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>Champions of one scope, newest first; the first one reigns.</summary>
/// <param name="LastIteration">Highest iteration number so far; 0 without any.</param>
public sealed record ChampionHistory(ChampionScope Scope, IReadOnlyList<ChampionReign> Reigns, long LastIteration)
{
    /// <summary>Looks at the hold-out in all scopes of the environment.</summary>
    public HoldOutLedger HoldOut { get; init; } = HoldOutLedger.Empty;
}
