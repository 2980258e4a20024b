using System.Globalization;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Pages;

public sealed partial class PlanPage
{
    private static readonly AssumedRates Standard = new();
    private GateDefinition _gates = GateDefinition.Default;
    private AlertThresholds _thresholds = new();
    private IReadOnlyList<string> _errors = [];

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

    private AssumedRates Assumed => new(Rate(Json, Standard.Json), Rate(FullCode, Standard.FullCode), Rate(Broken, Standard.Broken));

    private IReadOnlyList<(string Name, string Words, double Value)> Rates =>
        [("json", "True JSON success", Assumed.Json), ("full", "True full-code success", Assumed.FullCode), ("broken", "JSON success after a drop", Assumed.Broken)];

    protected override Task<PlanReport> WorkAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        (_gates, _thresholds, _errors) = PolicyEdits.Apply(GateDefinition.Default, new AlertThresholds(), With);
        return Checks.RunAsync(Assumed, With, waiting, cancellationToken);
    }

    private static string AlarmNote(PlanReport report) => report.Alarms.Count == 0 ? "no stage assigns JSON" : $"{report.Alarms[0].Simulations.ToString("#,0", CultureInfo.InvariantCulture)} simulated stages a row, ± is 95 %";

    private static double Rate(string? text, double standard) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value : standard;
}
