using System.Security.Claims;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>How a person brings the rollout to its next stage, or on after a stop. Every command reads user
/// and role from the database again.</summary>
public interface IPromotionCommands
{
    /// <summary>What a promotion would do as of now; changes nothing, so whoever sees pages may ask.</summary>
    Task<PromotionPreview> PreviewPromotionAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> PromoteAsync(PromotionPreview seen, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Promotes over a gate that does not pass; for administrators.</summary>
    Task<CommandResult> OverrideAsync(
        PromotionPreview seen,
        GateOverride given,
        ClaimsPrincipal user,
        CancellationToken ct
    );

    Task<CommandResult> ResumeAsync(OperationsView seen, string cause, ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> ResolveHaltAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);
}
