using System.Security.Claims;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of the feedback page out.</summary>
public sealed class FeedbackCommands(
    CommandAuthorization authorization,
    GiveFeedback giveFeedback,
    SignOffObjectives signOff
) : IFeedbackCommands
{
    public async Task<CommandResult> GiveAsync(
        int score,
        string? comment,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        await authorization.AuthorizeAsync(user, Roles.Viewer, ct) is { } person
            ? Told(await giveFeedback.ExecuteAsync(person.Id, person.Name, score, comment, ct))
            : new CommandResult(false, "You are not signed in any more. Sign in again and repeat your answer.");

    public async Task<CommandResult> SignOffAsync(
        string name,
        string statement,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        await authorization.AuthorizeAsync(user, Roles.Administrator, ct) is { } person
            ? Told(await signOff.ExecuteAsync(person.Id, person.Name, name, statement, ct))
            : Refused("sign the business objectives off");

    public async Task<CommandResult> WithdrawSignOffAsync(string reason, ClaimsPrincipal user, CancellationToken ct) =>
        await authorization.AuthorizeAsync(user, Roles.Administrator, ct) is { } person
            ? Told(await signOff.WithdrawAsync(person.Name, reason, ct))
            : Refused("take a sign-off back");

    private static CommandResult Told(TransitionResult result) => new(result.Succeeded, result.Message);

    private static CommandResult Refused(string what) =>
        new(false, $"You may not {what}: that needs the role {Roles.Administrator}. Ask an administrator.");
}
