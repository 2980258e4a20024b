using System.Globalization;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Iterations;

/// <summary>The list of iterations as a page address and back; a word that means nothing filters nothing.</summary>
public static class IterationAddress
{
    public static IterationFilter Parse(
        string? environment,
        string? mode,
        string? level,
        string? status,
        string? stage,
        string? page,
        string? lineage = null
    ) =>
        new(
            environment == "staging" ? RolloutEnvironment.Staging : RolloutEnvironment.Production,
            mode switch
            {
                "json" => GenerationMode.Json,
                "full-code" => GenerationMode.FullCode,
                _ => null,
            },
            int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 3
                ? (SuccessLevel)number
                : null,
            Enum.TryParse<IterationStatus>(status, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : null,
            Enum.GetValues<Stage>()
                .Where(candidate => candidate.Number() == stage)
                .Select(candidate => (Stage?)candidate)
                .FirstOrDefault(),
            int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
                ? Math.Max(1, wanted)
                : 1
        )
        {
            Lineage =
                int.TryParse(lineage, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) && ordinal > 0
                    ? ordinal
                    : null,
        };

    /// <summary>Query values by name; null leaves a name out.</summary>
    public static IReadOnlyDictionary<string, object?> Query(IterationFilter filter) =>
        new Dictionary<string, object?>
        {
            ["environment"] = filter.Environment == RolloutEnvironment.Staging ? "staging" : null,
            ["mode"] = filter.Mode switch
            {
                GenerationMode.Json => "json",
                GenerationMode.FullCode => "full-code",
                _ => null,
            },
            ["level"] = filter.Level is { } level ? (int)level : null,
            ["status"] = filter.Status is { } status ? LowerWord(status) : null,
            ["stage"] = filter.Stage?.Number(),
            ["lineage"] = filter.Lineage,
            ["page"] = filter.Page > 1 ? filter.Page : null,
        };

    public static string Of(RolloutEnvironment environment, long number) =>
        FormattableString.Invariant($"/iterations/{number}")
        + (environment == RolloutEnvironment.Staging ? "?environment=staging" : "");

    /// <summary>The list of the iterations of a lineage.</summary>
    public static string Of(RolloutEnvironment environment, LineagePlace lineage) =>
        FormattableString.Invariant(
            $"/iterations?mode={(lineage.Mode == GenerationMode.Json ? "json" : "full-code")}&lineage={lineage.Ordinal}"
        ) + (environment == RolloutEnvironment.Staging ? "&environment=staging" : "");

    private static string LowerWord(IterationStatus status) =>
        status switch
        {
            IterationStatus.Running => "running",
            IterationStatus.Finished => "finished",
            IterationStatus.Lost => "lost",
            _ => "cancelled",
        };
}
