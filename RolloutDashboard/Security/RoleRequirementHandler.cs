using Microsoft.AspNetCore.Authorization;

namespace RolloutDashboard.Security;

/// <summary>
/// A request is judged by the database, so that a revoked person's next one is refused. Parts of an open page are
/// judged by the sign-in's own claims, since they ask at every drawing; what they offer is judged again when it is
/// carried out.
/// </summary>
public sealed class RoleRequirementHandler(CommandAuthorization commands) : AuthorizationHandler<RoleRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        RoleRequirement requirement
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(requirement);
        var allowed = context.Resource is HttpContext request
            ? await commands.AuthorizeAsync(context.User, requirement.Role, request.RequestAborted) is not null
            : context.User.Identity?.IsAuthenticated == true
                && RoleOrder.Includes(RoleOrder.Highest(context.User), requirement.Role);
        if (allowed)
        {
            context.Succeed(requirement);
        }
    }
}
