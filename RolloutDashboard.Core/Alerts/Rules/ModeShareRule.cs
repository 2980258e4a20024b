using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Alerts.Rules;

/// <summary>
/// The observed mode share does not fit the configured one: the always-valid p-value is below a level
/// (<c>ShareSignificance</c>, default 0.001). Looked at after every iteration, so the test is the sequential one: it
/// keeps its error rate however often it is read.
/// </summary>
internal sealed class ModeShareRule : IAlertRule
{
    public const string Key = "mode-share";

    private const int MinimumPerArm = 8;

    private static AlertThreshold Significance { get; } = new("ShareSignificance", 0.001, AlertThreshold.Share);

    string IAlertRule.Key => Key;

    public string Name => "Mode share";

    public string Summary => "the observed JSON share does not fit the configured one";

    public AlertSeverity Severity => AlertSeverity.Warning;

    public DueAction Action => DueAction.None;

    public IReadOnlyList<AlertThreshold> Thresholds => [Significance];

    public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds)
    {
        if (inputs.ConfiguredShare is not { } share || share is <= 0 or >= 1)
        {
            return new RuleReading(AlertCondition.Clear, "No share between 0 and 1 is configured.");
        }

        var assigned = inputs
            .Current.Where(row => row.Kind == IterationKind.Generated && (row.ConfiguredShare ?? share) == share)
            .ToArray();
        var json = assigned.Count(row => row.AssignedMode == GenerationMode.Json);
        if (
            assigned.Length * Math.Min(share, 1 - share) < MinimumPerArm
            && Math.Min(json, assigned.Length - json) < MinimumPerArm
        )
        {
            return new RuleReading(
                AlertCondition.Unknown,
                "Too few assigned iterations since the last resume.",
                null,
                share,
                assigned.Length
            );
        }

        var p = SequentialP(json, assigned.Length - json, share);
        var observed = (double)json / assigned.Length;
        var text =
            $"JSON share {FigureFormatter.Rate(observed)} of {FigureFormatter.Count(assigned.Length)} assigned, configured {FigureFormatter.ShortPercent(share)} (p = {p:0.####}).";
        return new RuleReading(
            p < thresholds[Significance] ? AlertCondition.Breached : AlertCondition.Clear,
            text,
            observed,
            share,
            assigned.Length
        );
    }

    private static double SequentialP(int json, int fullCode, double share)
    {
        var step = SampleRatio.Sequential(
            [
                [json, fullCode],
            ],
            [share, 1 - share],
            [1, 1]
        )[^1];
        return Math.Min(1, Math.Exp(step.LogNull - step.LogAlternative));
    }
}
