using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>Tells the gate editor what edited gates would have said over the recorded history.</summary>
public sealed class ReplayGates(ReadReplayHistory readHistory, IOptions<GateOptions> options) : IGateReplay
{
    private const int MostLines = 40;

    public async Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(
        GateDefinition definition,
        CancellationToken cancellationToken
    )
    {
        var history = await readHistory.OfRolloutAsync(cancellationToken).ConfigureAwait(false);
        var result = await Task.Run(
                () =>
                    RunReplay.Of(
                        history,
                        new ReplayPolicy(definition, AlertThresholds.InForce, options.Value.RequireProof),
                        null,
                        progress: null,
                        cancellationToken
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        var lines = result
            .Steps.Where(step => step.Kind is ReplayKind.Held or ReplayKind.Promoted or ReplayKind.Halted)
            .Select(step => new GateReplayLine(step.Stage, step.Attempt, Words(step), step.Number))
            .Take(MostLines)
            .ToList();
        lines.AddRange(NeverPassed(history, result));
        return lines;
    }

    private static IEnumerable<GateReplayLine> NeverPassed(ReplayHistory history, ReplayResult result) =>
        history
            .Rows.Select(row => (row.Stage, row.Attempt))
            .Distinct()
            .Where(visit =>
                visit.Stage is { } stage
                && !result.Steps.Any(step =>
                    step.Kind == ReplayKind.Promoted && step.Stage == stage && step.Attempt == visit.Attempt
                )
            )
            .Select(visit => new GateReplayLine(
                visit.Stage!.Value,
                visit.Attempt,
                $"Gate {visit.Stage.Value.Number()} never passes",
                null
            ));

    private static string Words(ReplayStep step) =>
        step.Kind switch
        {
            ReplayKind.Promoted => $"Gate {step.Stage.Number()} passes",
            ReplayKind.Halted => "halts",
            _ => step.Text.TrimEnd('.'),
        };
}
