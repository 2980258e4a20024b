using System.Security.Claims;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of the KPI page out.</summary>
public sealed class KpiCommands(CommandAuthorization authorization, ReviewKpi review) : IKpiCommands
{
    public async Task<CommandResult> ReviewAsync(
        KpiStep step,
        string kpi,
        string period,
        string text,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, cancellationToken) is not { } person)
        {
            return new CommandResult(
                false,
                $"You may not write review notes: that needs the role {Roles.Analyst}. Ask an administrator."
            );
        }

        var result = await review.ExecuteAsync(person.Name, step, kpi, period, text, cancellationToken);
        return new CommandResult(result.Succeeded, result.Message);
    }
}
