using System.Globalization;
using System.Security.Claims;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>Stops, gradual rollbacks and drills, by people.</summary>
public sealed class RollbackCommands(
    CommandExecutor executor,
    StopJson stopJson,
    RollBackGradually rollBackGradually,
    StartDrill startDrill
) : IRollbackCommands
{
    public async Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await executor.AuthorizeStopAsync(user, ct) is not { } person)
        {
            return CommandExecutor.Refused("roll back", Roles.Operator);
        }

        // From here on nothing may abort it: a page that closes must not take the stop back.
        var result = await stopJson.ExecuteAsync(
            new StopJsonRequest(
                "immediate",
                person.Name,
                string.IsNullOrWhiteSpace(reason) ? "No reason given." : reason,
                new { by = person.Name, role = person.Role }
            ),
            StopJson.PatienceOfPeople
        );
        return new CommandResult(
            result.IsOff,
            string.Create(CultureInfo.InvariantCulture, $"{result.Message} ({result.Elapsed.TotalSeconds:0.00} s)")
        );
    }

    public Task<CommandResult> StartGradualAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "roll back gradually",
            Roles.Operator,
            user,
            person => rollBackGradually.StartAsync(person.Name, seenVersion, reason, ct),
            ct
        );

    public Task<CommandResult> EndGradualAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        executor.TransitAsync(
            "end a gradual rollback",
            Roles.Operator,
            user,
            person => rollBackGradually.EndAsync(person.Name, seenVersion, reason, ct),
            ct
        );

    public Task<CommandResult> StartDrillAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "run a drill",
            Roles.Operator,
            user,
            person => startDrill.ExecuteAsync(person.Name, ct),
            ct
        );
}
