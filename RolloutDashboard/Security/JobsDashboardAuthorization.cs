using Hangfire;
using Hangfire.Annotations;
using Hangfire.Dashboard;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>Operators may look at the jobs; nobody acts there, because a job requeued by hand would bypass the
/// rollout's state.</summary>
public sealed class JobsDashboardAuthorization : IDashboardAuthorizationFilter
{
    /// <summary>Options for the jobs dashboard.</summary>
    public static DashboardOptions Options() =>
        new()
        {
            Authorization = [new JobsDashboardAuthorization()],
            IsReadOnlyFunc = _ => true,
            DashboardTitle = "Rollout dashboard jobs",
        };

    public bool Authorize([NotNull] DashboardContext context)
    {
        var person = context.GetHttpContext().User;
        return person.Identity?.IsAuthenticated == true
            && RoleOrder.Includes(RoleOrder.Highest(person), Roles.Operator);
    }
}
