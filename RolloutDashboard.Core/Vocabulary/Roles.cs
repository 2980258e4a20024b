namespace RolloutDashboard.Core.Vocabulary;

/// <summary>What a person may do; each role includes the ones before it.</summary>
public static class Roles
{
    public const string Viewer = "Viewer";
    public const string Analyst = "Analyst";
    public const string Operator = "Operator";
    public const string Administrator = "Administrator";

    /// <summary>All roles, least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Analyst, Operator, Administrator];
}
