using System.Security.Claims;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>How a person changes what the rollout runs with and is judged by. Every command reads user and
/// role from the database again.</summary>
public interface IConfigurationCommands
{
    /// <summary>Changes one flag of the stage in force; for administrators.</summary>
    Task<CommandResult> ChangeConfigurationAsync(
        long seenVersion,
        string flag,
        string value,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );

    /// <summary>Edits targets and minimum samples of the gates; for administrators.</summary>
    /// <param name="texts">What was written, by the path of its field.</param>
    Task<CommandResult> EditGatesAsync(
        long seenVersion,
        IReadOnlyDictionary<string, string> texts,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );
}
