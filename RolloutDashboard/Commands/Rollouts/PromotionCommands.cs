using System.Security.Claims;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>Promotions, resumes and halts, by people.</summary>
public sealed class PromotionCommands(
    CommandExecutor executor,
    PreviewPromotion previewPromotion,
    Promote promote,
    Resume resume,
    ResolveHalt resolveHalt
) : IPromotionCommands
{
    public async Task<PromotionPreview> PreviewPromotionAsync(ClaimsPrincipal user, CancellationToken ct) =>
        await executor.AuthorizeAsync(user, Roles.Viewer, ct) is not null
            ? await previewPromotion.ExecuteAsync(ct)
            : throw new UnauthorizedAccessException("You are not signed in any more.");

    public Task<CommandResult> PromoteAsync(PromotionPreview seen, ClaimsPrincipal user, CancellationToken ct) =>
        PromoteAsync("promote", Roles.Operator, seen, null, user, ct);

    public Task<CommandResult> OverrideAsync(
        PromotionPreview seen,
        GateOverride given,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => PromoteAsync("override a gate", Roles.Administrator, seen, given, user, ct);

    public Task<CommandResult> ResumeAsync(
        OperationsView seen,
        string cause,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "resume",
            Roles.Operator,
            user,
            person =>
                resume.ExecuteAsync(new ResumeRequest(person.Name, seen.StateVersion, seen.Resume.Marker, cause), ct),
            ct
        );

    public Task<CommandResult> ResolveHaltAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "resolve a halt",
            Roles.Operator,
            user,
            person => resolveHalt.ExecuteAsync(person.Name, seenVersion, reason, ct),
            ct
        );

    private Task<CommandResult> PromoteAsync(
        string what,
        string role,
        PromotionPreview seen,
        GateOverride? given,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.ExecuteAsync(
            what,
            role,
            user,
            async person =>
            {
                var result = await promote.ExecuteAsync(
                    new PromoteRequest(person.Name, seen.StateVersion, seen.Evidence, given),
                    ct
                );
                return new CommandResult(result.Succeeded, result.Message, result.LookAgain);
            },
            ct
        );
}
