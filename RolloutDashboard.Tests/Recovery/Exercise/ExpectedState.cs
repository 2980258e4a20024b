using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Recovery.Exercise;

/// <summary>
/// Where the decisions alone put the rollout. A transition and its decision are one transaction, so a rollout that
/// stands anywhere else stands between two states.
/// </summary>
/// <param name="Rollbacks">Rows that must be there: those of a restored-away database are not.</param>
internal sealed partial record ExpectedState(Stage Stage, RolloutPhase Phase, int ConfigurationNumber, int Rollbacks)
{
    public static ExpectedState Of(IReadOnlyList<DecisionRecord> decisions)
    {
        var states = new List<ExpectedState>();
        foreach (var decision in decisions)
        {
            var before =
                states.Count > 0 ? states[^1] : new ExpectedState(Stage.TemplateLibraryOnly, RolloutPhase.Active, 1, 0);
            states.Add(
                decision.Kind switch
                {
                    "promotion" or "override" => before with
                    {
                        Stage = before.Stage + 1,
                        ConfigurationNumber = NumberIn(decision),
                    },
                    "rewind" => before with
                    {
                        Stage = Stage.TemplateLibraryOnly,
                        ConfigurationNumber = NumberIn(decision),
                    },
                    "rollback" => before with
                    {
                        Phase = RolloutPhase.RolledBack,
                        ConfigurationNumber = NumberIn(decision),
                        Rollbacks = before.Rollbacks + 1,
                    },
                    "resume" => before with { Phase = RolloutPhase.Active, ConfigurationNumber = NumberIn(decision) },
                    "configuration" or "basis-changed" => before with { ConfigurationNumber = NumberIn(decision) },
                    "restore" => Restored(states, decision),
                    _ => before,
                }
            );
        }

        return states[^1];
    }

    // What the backup held, not what was decided after it; and JSON off.
    private static ExpectedState Restored(List<ExpectedState> states, DecisionRecord decision)
    {
        using var inputs = JsonDocument.Parse(decision.InputsJson);
        var backup = states[^(1 + inputs.RootElement.GetProperty("decisionsFromJournal").GetInt32())];
        return backup with
        {
            Phase = RolloutPhase.RolledBack,
            ConfigurationNumber = inputs.RootElement.GetProperty("configuration").GetInt32(),
            Rollbacks = backup.Rollbacks + 1,
        };
    }

    private static int NumberIn(DecisionRecord decision) =>
        int.Parse(ConfigurationPattern().Match(decision.Text).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"configuration (\d+)")]
    private static partial Regex ConfigurationPattern();
}
