using System.Security.Claims;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>Flags of the stage and gates, by people.</summary>
public sealed class ConfigurationCommands(
    CommandExecutor executor,
    ChangeConfiguration changeConfiguration,
    EditGates editGates
) : IConfigurationCommands
{
    public Task<CommandResult> ChangeConfigurationAsync(
        long seenVersion,
        string flag,
        string value,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "change the configuration",
            Roles.Administrator,
            user,
            person =>
                changeConfiguration.ExecuteAsync(
                    new ChangeConfigurationRequest(person.Name, seenVersion, flag, value, reason),
                    ct
                ),
            ct
        );

    public Task<CommandResult> EditGatesAsync(
        long seenVersion,
        IReadOnlyDictionary<string, string> texts,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "edit the gates",
            Roles.Administrator,
            user,
            person => editGates.ExecuteAsync(new EditGatesRequest(person.Name, seenVersion, texts, reason), ct),
            ct
        );
}
