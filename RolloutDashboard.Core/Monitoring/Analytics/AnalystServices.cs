using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Monitoring.Search;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Registers what the analyst's pages and exports read with.</summary>
public static class AnalystServices
{
    public static IServiceCollection AddAnalystPages(this IServiceCollection services)
    {
        services.AddSingleton<ReadChampionHistory>();
        services.AddSingleton<OverfittingResults>();
        services.AddSingleton<MeasureOverfitting>();
        services.AddSingleton<ReadDecisions>();
        services.AddSingleton<VerifyDecisions>();
        services.AddSingleton<ReadAnalytics>();
        services.AddSingleton<ReadKpis>();
        services.AddSingleton<ReviewKpi>();
        services.AddSingleton<SearchRecords>();
        services.AddSingleton<ExportRecords>();
        services.AddSingleton<ReadReportHead>();
        services.AddSingleton<AnalystQueries>();
        return services;
    }
}
