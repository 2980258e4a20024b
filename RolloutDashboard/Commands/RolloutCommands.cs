using System.Globalization;
using System.Security.Claims;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of pages out, after reading user and role from the database.</summary>
public sealed class RolloutCommands(
    CommandAuthorization authorization,
    StopJson stopJson,
    ControlLoop controlLoop,
    ValidateInStaging validateInStaging,
    PreviewPromotion previewPromotion,
    Promote promote,
    Resume resume,
    ChangeConfiguration changeConfiguration,
    EditGates editGates,
    RollBackGradually rollBackGradually,
    RunDrill runDrill,
    ResolveHalt resolveHalt,
    LoopWorkers workers,
    LoopSupervisor supervisor
) : IRolloutCommands
{
    public async Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeStopAsync(user, ct) is not { } person)
        {
            return Refused("roll back", Roles.Operator);
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
        workers.Restart();
        supervisor.LookNow();
        return new CommandResult(
            result.IsOff,
            string.Create(CultureInfo.InvariantCulture, $"{result.Message} ({result.Elapsed.TotalSeconds:0.00} s)")
        );
    }

    public Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync("start the loop", Roles.Operator, user, person => controlLoop.StartAsync(person.Name, ct), ct);

    public Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync("pause the loop", Roles.Operator, user, person => controlLoop.PauseAsync(person.Name, ct), ct);

    public Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync("stop the loop", Roles.Operator, user, person => controlLoop.StopAsync(person.Name, ct), ct);

    public Task<CommandResult> StartStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync(
            "validate in staging",
            Roles.Operator,
            user,
            person => validateInStaging.StartAsync(person.Name, ct),
            ct
        );

    public Task<CommandResult> CancelStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync(
            "cancel a validation",
            Roles.Operator,
            user,
            person => validateInStaging.CancelAsync(person.Name, ct),
            ct
        );

    public async Task<PromotionPreview> PreviewPromotionAsync(ClaimsPrincipal user, CancellationToken ct) =>
        await authorization.AuthorizeAsync(user, Roles.Viewer, ct) is not null
            ? await previewPromotion.ExecuteAsync(ct)
            : throw new UnauthorizedAccessException("You are not signed in any more.");

    public Task<CommandResult> PromoteAsync(PromotionPreview seen, ClaimsPrincipal user, CancellationToken ct) =>
        PromoteAsync("promote", Roles.Operator, seen, null, user, ct);

    public Task<CommandResult> OverrideAsync(
        PromotionPreview seen,
        GateOverride given,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => PromoteAsync("override a gate", Roles.Administrator, seen, given, user, ct);

    public Task<CommandResult> ResumeAsync(
        OperationsView seen,
        string cause,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        TransitAsync(
            "resume",
            Roles.Operator,
            user,
            person =>
                resume.ExecuteAsync(new ResumeRequest(person.Name, seen.StateVersion, seen.Resume.Marker, cause), ct),
            ct
        );

    public Task<CommandResult> ChangeConfigurationAsync(
        long seenVersion,
        string flag,
        string value,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        TransitAsync(
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

    public Task<CommandResult> StartGradualAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        TransitAsync(
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
        TransitAsync(
            "end a gradual rollback",
            Roles.Operator,
            user,
            person => rollBackGradually.EndAsync(person.Name, seenVersion, reason, ct),
            ct
        );

    public Task<CommandResult> StartDrillAsync(ClaimsPrincipal user, CancellationToken ct) =>
        TransitAsync("run a drill", Roles.Operator, user, person => runDrill.StartAsync(person.Name, ct), ct);

    public Task<CommandResult> EditGatesAsync(
        long seenVersion,
        IReadOnlyDictionary<string, string> texts,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        TransitAsync(
            "edit the gates",
            Roles.Administrator,
            user,
            person => editGates.ExecuteAsync(new EditGatesRequest(person.Name, seenVersion, texts, reason), ct),
            ct
        );

    public Task<CommandResult> ResolveHaltAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        TransitAsync(
            "resolve a halt",
            Roles.Operator,
            user,
            person => resolveHalt.ExecuteAsync(person.Name, seenVersion, reason, ct),
            ct
        );

    private async Task<CommandResult> PromoteAsync(
        string what,
        string role,
        PromotionPreview seen,
        GateOverride? given,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, role, ct) is not { } person)
        {
            return Refused(what, role);
        }

        var result = await promote.ExecuteAsync(
            new PromoteRequest(person.Name, seen.StateVersion, seen.Evidence, given),
            ct
        );
        supervisor.LookNow();
        return new CommandResult(result.Succeeded, result.Message, result.LookAgain);
    }

    private async Task<CommandResult> TransitAsync(
        string what,
        string role,
        ClaimsPrincipal user,
        Func<AuthorizedUser, Task<TransitionResult>> transit,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, role, ct) is not { } person)
        {
            return Refused(what, role);
        }

        var result = await transit(person);
        supervisor.LookNow();
        return new CommandResult(result.Succeeded, result.Message);
    }

    private static CommandResult Refused(string what, string role) =>
        new(
            false,
            $"You may not {what}: that needs the role {role}.{(role == Roles.Operator ? " Ask an administrator." : "")}"
        );
}
