using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Simulation;

/// <summary>
/// Where the success rules must act, computed from the records in a few plain lines that share nothing with the
/// product: JSON of the last 24 hours, or the latest 20 where those are fewer; and the latest 30.
/// </summary>
internal sealed class ExpectedAlerts(
    IReadOnlyList<(long Number, DateTimeOffset At, bool IsJson, bool Succeeded)> iterations
)
{
    public static async Task<ExpectedAlerts> OfAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        var rows = await db
            .Iterations.Where(row =>
                row.Environment == RolloutEnvironment.Production && row.Status == IterationStatus.Finished
            )
            .OrderBy(row => row.Number)
            .Select(row => new
            {
                row.Number,
                row.EndedAt,
                row.AssignedMode,
                row.Level,
            })
            .ToListAsync(RolloutTrial.Token);
        return new ExpectedAlerts([
            .. rows.Select(row =>
                (
                    row.Number,
                    row.EndedAt!.Value,
                    row.AssignedMode == GenerationMode.Json,
                    row.Level == SuccessLevel.Profitable
                )
            ),
        ]);
    }

    /// <summary>First iteration after which a window's rate is below the limit; null if none.</summary>
    public long? FirstBelow(double limit)
    {
        for (var i = 1; i <= iterations.Count; i++)
        {
            var json = iterations.Take(i).Where(one => one.IsJson).ToList();
            var day = json.Where(one => one.At > iterations[i - 1].At.AddHours(-24)).ToList();
            var first = day.Count >= 20 ? day : json.TakeLast(20).ToList();
            if (
                (json.Count >= 20 && Rate(first) < limit)
                || (json.Count >= 30 && Rate(json.TakeLast(30).ToList()) < limit)
            )
            {
                return iterations[i - 1].Number;
            }
        }

        return null;
    }

    /// <summary>First iteration at which both arms have as many as told.</summary>
    public static async Task<long> FirstWithBothArmsAsync(RolloutTrial trial, int each)
    {
        await using var db = trial.CreateDbContext();
        var modes = await db
            .Iterations.Where(row =>
                row.Environment == RolloutEnvironment.Production && row.Status == IterationStatus.Finished
            )
            .OrderBy(row => row.Number)
            .Select(row => row.AssignedMode)
            .ToListAsync(RolloutTrial.Token);
        return Enumerable
            .Range(1, modes.Count)
            .First(n =>
                modes.Take(n).Count(mode => mode == GenerationMode.Json) >= each
                && modes.Take(n).Count(mode => mode == GenerationMode.FullCode) >= each
            );
    }

    private static double Rate(List<(long Number, DateTimeOffset At, bool IsJson, bool Succeeded)> rows) =>
        (double)rows.Count(row => row.Succeeded) / rows.Count;
}
