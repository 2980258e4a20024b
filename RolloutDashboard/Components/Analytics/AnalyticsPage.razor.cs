using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Analytics;

public sealed partial class AnalyticsPage
{
    /// <summary>Preset of an address without a period.</summary>
    public const string Standard = "7d";

    private PeriodChoice _period = PeriodChoice.Parse(null, null, null, Standard);

    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeCode { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    [SupplyParameterFromQuery(Name = "template")]
    public string? Template { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? StageWord { get; set; }

    [SupplyParameterFromQuery(Name = "attempt")]
    public string? AttemptWord { get; set; }

    private AttemptChoice Of => AnalystAddress.Attempt(StageWord, AttemptWord);

    private string ChoiceWords =>
        (Of.Stage is { } stage ? $" of stage {stage.Number()}" : "")
        + (Of.Attempt is { } attempt ? $" of attempt {attempt}" : "");

    private string EmptyWords =>
        $"No generated iteration{ChoiceWords} ended in this period ({_period.Words}). A longer one may hold some.";

    private RolloutEnvironment EnvironmentNow => AnalystAddress.Environment(EnvironmentWord);

    protected override Task OnParametersSetAsync()
    {
        _period = PeriodChoice.Parse(RangeCode, From, To, Standard);
        return LoadAsync();
    }

    protected override Task<AnalyticsReport> WorkAsync(JobSubscription waiting, CancellationToken cancellationToken) =>
        Analyst.AnalyticsAsync(
            EnvironmentNow,
            _period.At(Clock.GetUtcNow()),
            Of,
            string.IsNullOrEmpty(Template) ? null : Template,
            waiting.Progress,
            cancellationToken
        );

    private static string StepWords(TimeSpan step) =>
        step switch
        {
            { TotalMinutes: <= 1 } => "a minute",
            { TotalHours: <= 1 } => "an hour",
            _ => "a day",
        };

    private static string HeatNote(AnalyticsReport report) =>
        report.Heat is { } heat ? $"{FigureFormatter.Count(heat.N, "iteration")} with parameters" : "";

    private static string FailureNote(AnalyticsReport report) =>
        FigureFormatter.Count(report.FailureKinds.Sum(kind => kind.All), "failure")
        + $" in {FigureFormatter.Count(report.Iterations, "iteration")}";

    private static IEnumerable<string> TemplateNames(AnalyticsReport report) =>
        report
            .Templates.Select(template => template.Name)
            .Concat(report.Heat is { } heat ? [heat.Template] : [])
            .Distinct(StringComparer.Ordinal);
}
