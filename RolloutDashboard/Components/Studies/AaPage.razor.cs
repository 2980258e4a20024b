using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Reading;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Studies;

public sealed partial class AaPage
{
    private static readonly int[] Offered = [50, 100, 200, 500, 2000];

    [Inject]
    public required IAaChecks Checks { get; set; }

    [SupplyParameterFromQuery(Name = "runs")]
    public string? Runs { get; set; }

    [SupplyParameterFromQuery(Name = "iterations")]
    public string? Iterations { get; set; }

    [SupplyParameterFromQuery(Name = "rate")]
    public string? Rate { get; set; }

    [SupplyParameterFromQuery(Name = "seed")]
    public string? Seed { get; set; }

    private AaSettings Settings
    {
        get
        {
            var standard = new AaSettings(100);
            return new AaSettings(
                int.TryParse(Runs, NumberStyles.None, CultureInfo.InvariantCulture, out var runs)
                && Offered.Contains(runs)
                    ? runs
                    : standard.Runs,
                int.TryParse(Iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
                && iterations is >= 40 and <= 1000
                    ? iterations
                    : standard.Iterations,
                double.TryParse(Rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
                && rate is >= 0.01 and <= 0.99
                    ? rate
                    : standard.SuccessRate,
                string.IsNullOrWhiteSpace(Seed) ? standard.Seed : Seed
            );
        }
    }

    protected override int Whole => Settings.Runs;

    protected override Task<AaReport> WorkAsync(JobSubscription waiting, CancellationToken cancellationToken) =>
        Checks.RunAsync(Settings, waiting, cancellationToken);

    private string Words(LongWork work) =>
        ReferenceEquals(work, Work) && work.Done == 0
            ? "Not begun yet: it waits for its turn."
            : $"{work.Done} of {work.Whole} runs";

    private static string RunNote(AaSettings settings) =>
        $"{FigureFormatter.Count(settings.Runs, "run")} of {settings.Iterations} iterations, outcomes scripted";

    private static string IntervalWords(AaClaim claim) =>
        $"{FigureFormatter.Percent(claim.Interval.Lower, 1)} to {FigureFormatter.Percent(claim.Interval.Upper, 1)}";

    private static string ExpectedWords(AaFinding finding) =>
        finding.IsExpected ? ", as it should: both arms are of one kind" : "";

    private static StatusPresentation Look(AaClaim claim) =>
        claim.Keeps
            ? new(Icons.Material.Filled.CheckCircle, "kept", "good")
            : new(Icons.Material.Filled.ReportProblem, "broken", "bad");
}
