using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Monitoring.Exports;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Registers what the analyst's pages and exports read with.</summary>
public static class AnalystServices
{
    public static IServiceCollection AddAnalystPages(this IServiceCollection services)
    {
        services.AddSingleton<ReadChampionHistory>();
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
