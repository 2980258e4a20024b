using System.Security.Claims;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security;

namespace RolloutDashboard.Live;

/// <summary>Carries the commands of pages out, after reading user and role from the database.</summary>
public sealed class RolloutCommands(CommandAuthorization authorization, StopJson stopJson, ControlLoop controlLoop, LoopWorkers workers, LoopSupervisor supervisor) : IRolloutCommands
{
    public async Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeStopAsync(user, ct) is not { } person)
        {
            return Refused("roll back");
        }

        // From here on nothing may abort it: a page that closes must not take the stop back.
        var result = await stopJson.ExecuteAsync(new StopJsonRequest("immediate", person.Name, string.IsNullOrWhiteSpace(reason) ? "No reason given." : reason, new { by = person.Name, role = person.Role }));
        workers.Restart();
        supervisor.LookNow();
        return new CommandResult(result.IsOff, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{result.Message} ({result.Elapsed.TotalSeconds:0.00} s)"));
    }

    public Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct) => ControlAsync("start the loop", controlLoop.StartAsync, user, ct);

    public Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct) => ControlAsync("pause the loop", controlLoop.PauseAsync, user, ct);

    public Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct) => ControlAsync("stop the loop", controlLoop.StopAsync, user, ct);

    private async Task<CommandResult> ControlAsync(string what, Func<string, CancellationToken, Task<TransitionResult>> control, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Operator, ct) is not { } person)
        {
            return Refused(what);
        }

        var result = await control(person.Name, ct);
        supervisor.LookNow();
        return new CommandResult(result.Succeeded, result.Message);
    }

    private static CommandResult Refused(string what) => new(false, $"You may not {what}: that needs the role {Roles.Operator}. Ask an administrator.");
}
