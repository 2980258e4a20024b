using System.Security.Claims;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Commands;

/// <summary>What a person can do about findings. Every command reads user and role from the database again.</summary>
public interface IEvidenceCommands
{
    /// <summary>Compares the arms of the current attempt and keeps the report.</summary>
    Task<CommandResult> CompareAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <param name="seenSeverity">The weight that the person saw.</param>
    Task<CommandResult> DismissAsync(
        long findingId,
        FindingSeverity seenSeverity,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );
}
