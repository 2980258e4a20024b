using System.Security.Claims;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of the evidence page out, after reading user and role from the database.</summary>
public sealed class EvidenceCommands(
    CommandAuthorization authorization,
    DismissFinding dismissFinding,
    GenerateComparison generateComparison
) : IEvidenceCommands
{
    public async Task<CommandResult> CompareAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, ct) is not { } person)
        {
            return new CommandResult(
                false,
                $"You may not generate a report: that needs the role {Roles.Analyst}. Ask an administrator."
            );
        }

        var report = await generateComparison.ExecuteAsync(person.Name, ct);
        return new CommandResult(
            report.Refusals.Count == 0 && report.First.N > 0 && report.Second.N > 0,
            report.Verdict
        );
    }

    public async Task<CommandResult> DismissAsync(
        long findingId,
        FindingSeverity seenSeverity,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Operator, ct) is not { } person)
        {
            return new CommandResult(
                false,
                $"You may not dismiss a finding: that needs the role {Roles.Operator}. Ask an administrator."
            );
        }

        var result = await dismissFinding.ExecuteAsync(findingId, seenSeverity, reason, person.Name, ct);
        return new CommandResult(result.Succeeded, result.Message);
    }
}
