using System.Security.Claims;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;

namespace RolloutDashboard.Commands;

/// <summary>What a person can make the rollout do. Every command reads user and role from the database again.</summary>
public interface IRolloutCommands
{
    /// <summary>The immediate rollback: no JSON before the next iteration. Never refused as stale.</summary>
    Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Starts a validation run of what comes next: the same stage after a rollback, else the next
    /// one.</summary>
    Task<CommandResult> StartStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> CancelStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct);

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

    /// <summary>Changes one flag of the stage in force; for administrators.</summary>
    Task<CommandResult> ChangeConfigurationAsync(
        long seenVersion,
        string flag,
        string value,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );

    /// <summary>Begins a gradual rollback: the share is lowered in steps, each watched.</summary>
    Task<CommandResult> StartGradualAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Ends it; the share stays where it is.</summary>
    Task<CommandResult> EndGradualAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Begins a drill of the immediate rollback in staging.</summary>
    Task<CommandResult> StartDrillAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Edits targets and minimum samples of the gates; for administrators.</summary>
    /// <param name="texts">What was written, by the path of its field.</param>
    Task<CommandResult> EditGatesAsync(
        long seenVersion,
        IReadOnlyDictionary<string, string> texts,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );

    Task<CommandResult> ResolveHaltAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);
}
