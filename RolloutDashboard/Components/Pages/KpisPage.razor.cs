using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Core.Monitoring.Analyst;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Pages;

public sealed partial class KpisPage
{
    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private KpiStep StepNow => AnalystAddress.Step(By);

    protected override Task<KpiReport> WorkAsync(Waiting waiting, CancellationToken cancellationToken) => Analyst.KpisAsync(StepNow, waiting.Progress, cancellationToken);

    private static string StepWords(KpiStep step) => step switch
    {
        KpiStep.Week => "Weekly",
        KpiStep.Month => "Monthly",
        _ => "Daily",
    };
}
