using System.Globalization;
using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions.Staging;

/// <summary>Whether a validation run passed, and the sentence why.</summary>
public sealed record StagingJudgement(bool Passed, string Text)
{
    /// <summary>Highest share of JSON iterations at Level 0.</summary>
    public const double MostErrors = 0.10;

    /// <summary>A mode that a share gives fewer of these in the whole run may be missing by chance, so it is not
    /// demanded.</summary>
    public const double LeastExpected = 3;

    /// <summary>
    /// Judges a run whose iterations have ended: none lost, modes assigned as configured, JSON errors at most 10 %,
    /// and at least one JSON iteration at Level 3. A JSON iteration that fell back to full code counts as an error.
    /// </summary>
    /// <param name="rows">The run's iterations; cancelled ones are left out.</param>
    /// <param name="wanted">How many must have ended.</param>
    public static StagingJudgement Of(StageConfiguration configuration, IReadOnlyList<EvidenceRow> rows, int wanted)
    {
        var ended = rows.Where(row => row.Status is IterationStatus.Finished or IterationStatus.Lost).ToList();
        var json = ended
            .Where(row => row is { Kind: IterationKind.Generated, AssignedMode: GenerationMode.Json })
            .ToList();
        var failed = json.Count(row =>
            row.CountedLevel == SuccessLevel.Failed || row.EffectiveMode != GenerationMode.Json
        );
        var fault =
            ended.Count < wanted
                ? Say($"Failed: only {FigureFormatter.Count(ended.Count)} of {wanted} iterations ended.")
                : Lost(ended)
                    ?? Assigned(configuration, ended)
                    ?? Errors(json.Count, failed)
                    ?? (
                        json.Any(IsSuccess)
                            ? null
                            : Say(
                                $"Failed: none of {FigureFormatter.Count(json.Count)} JSON iterations reached Level 3."
                            )
                    );
        return fault is null
            ? new StagingJudgement(
                true,
                Say(
                    $"Passed: {FigureFormatter.Count(ended.Count)} iterations, {FigureFormatter.Count(json.Count)} of them JSON as configured, {failed} JSON errors, {json.Count(IsSuccess)} at Level 3."
                )
            )
            : new StagingJudgement(false, fault);
    }

    private static bool IsSuccess(EvidenceRow row) => row.Succeeded && row.EffectiveMode == GenerationMode.Json;

    private static string? Lost(List<EvidenceRow> ended) =>
        ended.Find(row => row.Status == IterationStatus.Lost) is { } lost
            ? Say($"Failed: staging iteration {lost.Number} was lost; its process ended before it did.")
            : null;

    private static string? Errors(int json, int failed) =>
        failed > json * MostErrors
            ? Say($"Failed: {failed} of {json} JSON iterations failed or fell back to full code, more than 10 %.")
            : null;

    private static string? Assigned(StageConfiguration configuration, List<EvidenceRow> ended)
    {
        var generated = ended.Where(row => row.Kind == IterationKind.Generated).ToList();
        var json = generated.Count(row => row.AssignedMode == GenerationMode.Json);
        if (
            configuration is { JsonModeEnabled: true, UseJsonMode: true, TemplateMode: true, JsonModeProbability: null }
        )
        {
            return
                generated.Find(row =>
                    row.AssignedMode == GenerationMode.Json != (row.Source == RequestSource.TemplateLibrary)
                )
                    is { } wrong
                ? Say(
                    $"Failed: staging iteration {wrong.Number} asked for a {wrong.Source} strategy and was assigned {wrong.AssignedMode}."
                )
                : NoJson(json);
        }

        var expected =
            ModeAssignment.Decide(configuration, RequestSource.Freeform, null, _ => (true, "")).Mode
            == GenerationMode.FullCode
                ? 0
                : configuration.JsonModeProbability ?? 1;
        return (expected, json) switch
        {
            (0, > 0) => Say($"Failed: the configuration assigns no JSON, but {json} iterations were."),
            (1, _) when json < generated.Count => Say(
                $"Failed: the configuration assigns JSON only, but {generated.Count - json} iterations were full code."
            ),
            _ when json == generated.Count && generated.Count * (1 - expected) >= LeastExpected => Say(
                $"Failed: all {json} iterations were JSON at a share of {expected:0.##}."
            ),
            _ => NoJson(json),
        };
    }

    private static string? NoJson(int json) =>
        json == 0 ? "Failed: no iteration was assigned JSON, so JSON mode was not tried." : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
