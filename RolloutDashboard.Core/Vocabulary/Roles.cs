namespace RolloutDashboard.Core.Vocabulary;

/// <summary>The names of the roles; each includes the ones before it. What each may do stands in
/// docs/security.md.</summary>
public static class Roles
{
    public const string Viewer = "Viewer";
    public const string Analyst = "Analyst";
    public const string Operator = "Operator";
    public const string Administrator = "Administrator";

    /// <summary>All roles, least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Analyst, Operator, Administrator];
}
