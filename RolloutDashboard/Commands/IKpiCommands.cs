using System.Security.Claims;
using RolloutDashboard.Core.Monitoring.Kpis;

namespace RolloutDashboard.Commands;

/// <summary>What an analyst can do on the KPI page.</summary>
public interface IKpiCommands
{
    /// <param name="period">Name of one of the report's columns.</param>
    Task<CommandResult> ReviewAsync(
        KpiStep step,
        string kpi,
        string period,
        string text,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );
}
