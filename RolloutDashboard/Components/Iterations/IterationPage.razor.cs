using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Iterations;

public sealed partial class IterationPage
{
    [Parameter]
    public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    [Inject]
    public required IIterationQueries Iterations { get; set; }

    [Inject]
    public required OverfittingResults Overfitting { get; set; }

    // Nothing of a neighbour stands under this number while it is read.
    private Answer? Shown =>
        Value is { } answer && answer.Number == Number && answer.Environment == EnvironmentNow ? answer : null;

    private RolloutEnvironment EnvironmentNow =>
        EnvironmentWord == "staging" ? RolloutEnvironment.Staging : RolloutEnvironment.Production;

    private string NoneWords =>
        $"There is no iteration {FigureFormatter.Count(Number)} in this environment. Numbers are given one by one, so it may not have begun yet.";

    protected override async Task<Answer> ReadAsync(CancellationToken cancellationToken)
    {
        var (environment, number) = (EnvironmentNow, Number);
        return new Answer(environment, number, await Iterations.FindAsync(environment, number, cancellationToken));
    }

    private static string ArmWords(IterationRow row) =>
        $"stage {row.Stage.Number()}, attempt {row.Attempt}, assigned {IterationPresentation.Word(row.AssignedMode)}";

    private static string? FingerprintWords(IterationDetail detail) =>
        detail.Fingerprint is { } fingerprint ? $"fingerprint {fingerprint[..Math.Min(12, fingerprint.Length)]}" : null;

    /// <param name="Detail">Null where there is no such iteration.</param>
    public sealed record Answer(RolloutEnvironment Environment, long Number, IterationDetail? Detail);
}
