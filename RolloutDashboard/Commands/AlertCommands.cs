using System.Security.Claims;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of the alerts page out.</summary>
public sealed class AlertCommands(
    CommandAuthorization authorization,
    AcknowledgeAlert acknowledge,
    SilenceAlert silence,
    SendTestNotification sendTest
) : IAlertCommands
{
    public async Task<CommandResult> AcknowledgeAsync(long alertId, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Operator, ct) is not { } person)
        {
            return Refused("acknowledge alerts");
        }

        var result = await acknowledge.ExecuteAsync(alertId, person.Name, ct);
        return new CommandResult(result.Succeeded, result.Message);
    }

    public async Task<CommandResult> SilenceAsync(
        long alertId,
        DateTimeOffset? until,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Operator, ct) is not { } person)
        {
            return Refused("silence alerts");
        }

        var result = await silence.ExecuteAsync(alertId, until, person.Name, ct);
        return new CommandResult(result.Succeeded, result.Message);
    }

    public async Task<CommandResult> SendTestAsync(string channel, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Operator, ct) is not { } person)
        {
            return Refused("send tests");
        }

        var result = await sendTest.ExecuteAsync(channel, person.Name, ct);
        return new CommandResult(result.Delivered, result.Message);
    }

    private static CommandResult Refused(string what) =>
        new(false, $"You may not {what}: that needs the role {Roles.Operator}. Ask an administrator.");
}
