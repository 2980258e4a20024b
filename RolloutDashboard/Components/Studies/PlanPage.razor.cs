using System.Globalization;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Studies;

public sealed partial class PlanPage
{
    private static readonly AssumedRates Standard = new();
    private PolicyToCheck? _policy;

    [Inject]
    public required IPlanChecks Checks { get; set; }

    [SupplyParameterFromQuery(Name = "json")]
    public string? Json { get; set; }

    [SupplyParameterFromQuery(Name = "full")]
    public string? FullCode { get; set; }

    [SupplyParameterFromQuery(Name = "broken")]
    public string? Broken { get; set; }

    [SupplyParameterFromQuery(Name = "with")]
    public string? With { get; set; }

    private AssumedRates Assumed =>
        new(Rate(Json) ?? Standard.Json, Rate(FullCode) ?? Standard.FullCode, Rate(Broken) ?? Standard.Broken);

    private string GateNote =>
        $"version {_policy!.Policy.Gates.Version} of the gates; exact, judged once at the minimum samples; success criteria only";

    private IReadOnlyList<(string Name, string Words, double Value, string? Text)> Rates =>
        [
            ("json", "True JSON success", Assumed.Json, Json),
            ("full", "True full-code success", Assumed.FullCode, FullCode),
            ("broken", "JSON success after a drop", Assumed.Broken, Broken),
        ];

    protected override async Task<PlanReport> WorkAsync(JobSubscription waiting, CancellationToken cancellationToken)
    {
        _policy = await Checks.ChooseAsync(With, cancellationToken);
        if (
            Rates.FirstOrDefault(rate => !string.IsNullOrWhiteSpace(rate.Text) && Rate(rate.Text) is null) is
            { Text: { } text } wrong
        )
        {
            throw new SelectionException(
                SelectionFault.Malformed,
                $"{wrong.Words}: '{text}' will not do; give a number from 0 to 1, for example 0.8."
            );
        }

        return await Checks.RunAsync(Assumed, _policy, waiting, cancellationToken);
    }

    private static string HaltWords(PlannedGate gate) =>
        gate is { HaltIfMet: { } met, HaltIfNoEffect: { } none }
            ? $"{PolicyFormatter.Probability(met)} / {PolicyFormatter.Probability(none)}"
            : FigureFormatter.None;

    private string RuleWords(PlannedAlarm alarm)
    {
        var limits = _policy!.Policy.Thresholds;
        return alarm.RollsBack
            ? $"rolls back below {FigureFormatter.Percent(limits[SuccessCriticalRule.Limit])}"
            : $"warns below {FigureFormatter.Percent(limits[SuccessWarningRule.Limit])}";
    }

    private static string DelayWords(PlannedAlarm alarm) =>
        alarm.DetectionDelay is { } delay ? $"{FigureFormatter.Number(delay, 0)} JSON iterations" : "never";

    private static string FigureWords(PlanFigure figure) =>
        figure.Unit == "probability" ? PolicyFormatter.Probability(figure.Value)
        : double.IsFinite(figure.Value) ? FigureFormatter.Number(figure.Value, 0)
        : "no number is enough";

    private static string AlarmNote(PlanReport report) =>
        report.Alarms.Count == 0
            ? "no stage assigns JSON"
            : $"{report.Alarms[0].Simulations.ToString("#,0", CultureInfo.InvariantCulture)} simulated stages a row, ± is 95 %";

    private static double? Rate(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : null;
}
