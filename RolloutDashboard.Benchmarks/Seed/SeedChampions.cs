using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>Crowns by the champion rule while iterations go by, for each arm and for the rollout.</summary>
internal sealed class SeedChampions
{
    private readonly Dictionary<ChampionScope, Champion> _reigning = [];
    private int _trials;

    public List<Champion> Crowned { get; } = [];

    public void Show(IterationRecord record)
    {
        _trials += record.SharpeRatio is null ? 0 : 1;
        foreach (
            var scope in new[]
            {
                record.AssignedMode == GenerationMode.Json ? ChampionScope.Json : ChampionScope.FullCode,
                ChampionScope.Overall,
            }
        )
        {
            var before = _reigning.GetValueOrDefault(scope);
            if (
                record.Level is { } level
                && ChampionRule.Crowns(
                    new Contender(level, record.SharpeRatio, record.CalmarRatio, record.MaxDrawdown),
                    before is null
                        ? null
                        : new Contender(
                            SuccessLevel.Profitable,
                            before.SharpeRatio,
                            before.CalmarRatio,
                            before.MaxDrawdown
                        ),
                    record.Number - (before?.IterationNumber ?? 0)
                )
            )
            {
                Crowned.Add(_reigning[scope] = Crown(record, scope));
                record.ChampionUpdated |= scope == ChampionScope.Overall;
            }
        }
    }

    private Champion Crown(IterationRecord record, ChampionScope scope) =>
        new()
        {
            Id = Crowned.Count + 1,
            RolloutId = 1,
            Scope = scope,
            IterationId = record.Id,
            IterationNumber = record.Number,
            Mode = record.AssignedMode,
            TemplateName = record.TemplateName,
            ParametersJson = record.ParametersJson,
            SharpeRatio = record.SharpeRatio!.Value,
            CalmarRatio = record.CalmarRatio,
            MaxDrawdown = record.MaxDrawdown,
            TotalReturn = record.TotalReturn,
            HoldOutSharpe = 0.2,
            DeflatedSharpe = 0.6,
            Trials = _trials,
            CrownedAt = record.EndedAt!.Value,
        };
}
