using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Studies;

public sealed partial class ReplayPage
{
    private const int Listed = 300;
    private IReadOnlyList<ImportedHistory> _imports = [];
    private ChosenPolicy? _policy;
    private bool _hasTimes;
    private bool _verifying;
    private VerifiedJudgements? _verified;
    private string? _verifyFailure;

    [Inject]
    public required IReplays Replays { get; set; }

    [SupplyParameterFromQuery(Name = "data")]
    public string? Data { get; set; }

    [SupplyParameterFromQuery(Name = "run")]
    public string? Run { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? StageWord { get; set; }

    [SupplyParameterFromQuery(Name = "gates")]
    public string? Gates { get; set; }

    [SupplyParameterFromQuery(Name = "with")]
    public string? With { get; set; }

    private bool IsImport => Data?.StartsWith("import:", StringComparison.Ordinal) == true;

    protected override async Task<DeduplicatedJob<ReplayedPolicy>> WorkAsync(
        JobSubscription waiting,
        CancellationToken cancellationToken
    )
    {
        _imports = await Replays.ImportsAsync(cancellationToken);
        var request = ReplayAddress.Parse(Data, Run, StageWord, Gates, With);
        _policy = await Replays.ChooseAsync(request, cancellationToken);
        var replayed = await Replays.ReplayAsync(request, waiting, cancellationToken);

        // A history without times gets made-up ones from the year 2000.
        _hasTimes = replayed.Value.Result.Steps.Count > 0 && replayed.Value.Result.Steps[0].At.Year > 2000;
        return replayed;
    }

    // Another history has runs and stages of its own.
    private void Choose(string data) =>
        Go(
            new Dictionary<string, object?>
            {
                ["data"] = data == "live" ? null : data,
                ["run"] = null,
                ["stage"] = null,
            }
        );

    private async Task VerifyAsync()
    {
        (_verifying, _verifyFailure) = (true, null);
        try
        {
            _verified = await Replays.VerifyAsync(await VisitorName.OfAsync(Authentication), Leaving);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _verifyFailure = $"The records could not be judged again: {exception.Message}";
        }
        finally
        {
            _verifying = false;
        }
    }

    private string DifferenceWords(long first) =>
        IsImport
            ? $"Its first action is after iteration {FigureFormatter.Count(first)}."
            : $"From iteration {FigureFormatter.Count(first)} on this policy acts otherwise than the one in force.";

    private static string NothingWords(ReplayResult result) =>
        result.Iterations == 0
            ? "This history holds no ended iteration yet."
            : "Under this policy nothing happens: no gate passes or fails, no rule fires.";

    private static string MarksWords(ReplayResult result) =>
        $"{result.Steps.Count} events over {result.Iterations} iterations";

    private static string IconOf(VerifiedJudgements verified) =>
        verified.Mismatches.Count == 0 ? Icons.Material.Filled.CheckCircle : Icons.Material.Filled.ReportProblem;

    private static string Note(ReplayResult result) =>
        $"{FigureFormatter.Count(result.Iterations, "iteration")}, judged after {(result.Every == 1 ? "each" : $"every {result.Every}.")}";

    private static IEnumerable<(ReplayStep Step, string X)> Marks(ReplayResult result)
    {
        // The line is the whole history, also where it ends without an event.
        var (first, last) = (
            result.Steps.Min(step => step.Number),
            Math.Max(result.Iterations, result.Steps.Max(step => step.Number))
        );
        return result
            .Steps.Take(Listed)
            .Select(step =>
                (
                    step,
                    (
                        5 + (590.0 * (step.Number - Math.Min(first, 1)) / Math.Max(1, last - Math.Min(first, 1)))
                    ).ToString("0.#", CultureInfo.InvariantCulture)
                )
            );
    }

    private static string Colour(ReplayKind kind) =>
        kind switch
        {
            ReplayKind.Promoted => "var(--mud-palette-success)",
            ReplayKind.RolledBack or ReplayKind.Halted => "var(--mud-palette-error)",
            ReplayKind.Resolved => "var(--mud-palette-info)",
            _ => "var(--mud-palette-warning)",
        };

    private static string VerifiedWords(VerifiedJudgements verified) =>
        verified.Mismatches.Count == 0
            ? $"{FigureFormatter.Count(verified.Judgements, "recorded judgement")} and {FigureFormatter.Count(verified.Decisions, "decision")} give exactly the verdict that was taken."
                + (
                    verified.WithoutInputs > 0
                        ? $" {FigureFormatter.Count(verified.WithoutInputs, "older decision")} recorded no inputs."
                        : ""
                )
            : $"{FigureFormatter.Count(verified.Mismatches.Count, "verdict")} of {verified.Judgements + verified.Decisions} comes out otherwise: records were changed, or this version judges differently.";
}
