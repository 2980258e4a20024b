using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Kpis;

public sealed partial class KpisPage
{
    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private KpiStep StepNow => AnalystAddress.Step(By);

    protected override Task<KpiReport> WorkAsync(JobSubscription waiting, CancellationToken cancellationToken) =>
        Analyst.KpisAsync(StepNow, waiting.Progress, cancellationToken);

    private static string StepWords(KpiStep step) =>
        step switch
        {
            KpiStep.Week => "Weekly",
            KpiStep.Month => "Monthly",
            _ => "Daily",
        };
}
