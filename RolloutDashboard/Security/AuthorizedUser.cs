using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>A person whose right to act was just read from the database; commands take this, never a bare
/// name.</summary>
/// <param name="Id">Key of the user, or "command-line".</param>
/// <param name="Name">Name as records show it.</param>
/// <param name="Role">Highest role held.</param>
public sealed record AuthorizedUser(string Id, string Name, string Role)
{
    /// <summary>Whoever may run commands on this machine owns its data directory anyway.</summary>
    public static AuthorizedUser CommandLine { get; } =
        new("command-line", $"{Environment.UserName} (command line)", Roles.Administrator);

    /// <summary>Whether this person's role includes <paramref name="role"/>.</summary>
    public bool May(string role) => RoleOrder.Includes(Role, role);
}
