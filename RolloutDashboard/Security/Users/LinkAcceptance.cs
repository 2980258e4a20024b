using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.Users;

/// <summary>What came of a visitor's name and password.</summary>
/// <param name="User">Who may now be signed in; null when refused.</param>
/// <param name="Problem">Why not, as a sentence for a person.</param>
/// <param name="LinkIsDead">Whether trying again with the same link is in vain.</param>
public sealed record LinkAcceptance(DashboardUser? User, string? Problem, bool LinkIsDead)
{
    public static LinkAcceptance Retry(string problem) => new(null, problem, false);

    public static LinkAcceptance Dead { get; } = new(null, null, true);
}
