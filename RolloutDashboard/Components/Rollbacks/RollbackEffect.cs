using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Rollbacks;

/// <summary>What an immediate rollback does, in words, from what the page last saw.</summary>
public static class RollbackEffect
{
    public static IReadOnlyList<string> Lines(LiveSnapshot? snapshot)
    {
        if (snapshot is null)
        {
            return
            [
                "JSON mode goes off before the next iteration starts, on every node.",
                "The page has no data just now; the stop works all the same.",
            ];
        }

        var running = snapshot.Json.Running;
        return
        [
            snapshot.Rollout.JsonEnabled
                ? "JSON mode goes off before the next iteration starts, on every node."
                : $"JSON mode is off already: {snapshot.Rollout.JsonOffReason ?? "no reason recorded"}. Stopping again changes nothing, and is recorded.",
            running switch
            {
                0 => "No JSON iteration is running now; one that starts meanwhile is cancelled.",
                1 => "The 1 running JSON iteration is cancelled and recorded as cancelled.",
                _ =>
                    $"The {FigureFormatter.Count(running)} running JSON iterations are cancelled and recorded as cancelled.",
            },
            $"The loop goes on in full code; stage {snapshot.Rollout.Stage.Number()} stays, paused. Resuming needs a passed staging validation and a written cause.",
        ];
    }

    public static string Reason(LiveSnapshot? snapshot) =>
        snapshot is null
            ? "Stopped by an operator; the page had no data."
            : $"Stopped by an operator in stage {snapshot.Rollout.Stage.Number()} while the page said: {snapshot.Rollout.Headline.Word}.";
}
