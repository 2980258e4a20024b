using System.Security.Claims;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Imports;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries the commands of the import page out, after reading user and role from the database.</summary>
public sealed class ImportCommands(
    CommandAuthorization authorization,
    ImportQueue desk,
    DeleteImport deleteImport,
    IHistoryMappings mappings
) : IImportCommands
{
    private static readonly CommandResult Refused = new(
        false,
        $"You may not import or delete data sets: that needs the role {Roles.Analyst}. Ask an administrator."
    );

    public Task<CommandResult> CheckAsync(
        string itemId,
        ImportOptions options,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        AsAnalystAsync(
            user,
            _ =>
                Answer(
                    desk.Check(itemId, options),
                    "It is being read again.",
                    "It can't be read now: it is not waiting any more."
                ),
            ct
        );

    public Task<CommandResult> CommitAsync(string itemId, ClaimsPrincipal user, CancellationToken ct) =>
        AsAnalystAsync(
            user,
            _ =>
                Answer(
                    desk.Commit(itemId, authorization.Question(user, Roles.Analyst)),
                    "The import has begun. It goes on if you leave the page.",
                    "It can't be imported now: it has not been checked, or is being imported already."
                ),
            ct
        );

    public Task<CommandResult> CancelAsync(string itemId, ClaimsPrincipal user, CancellationToken ct) =>
        AsAnalystAsync(
            user,
            _ => Answer(desk.Cancel(itemId), "Cancelled; nothing was kept.", "There was nothing to cancel any more."),
            ct
        );

    public async Task<CommandResult> SaveMappingAsync(
        HistoryMapping mapping,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, ct) is null)
        {
            return Refused;
        }

        try
        {
            await Task.Run(() => mappings.SaveAsync(mapping, ct), ct);
            return new CommandResult(true, $"The mapping “{mapping.Name}” is saved.");
        }
        catch (ImportException exception)
        {
            return new CommandResult(false, exception.Message);
        }
    }

    public async Task<CommandResult> ForgetMappingAsync(string name, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, ct) is null)
        {
            return Refused;
        }

        var wasThere = await Task.Run(() => mappings.DeleteAsync(name, ct), ct);
        return Answer(
            wasThere,
            $"The mapping “{name}” is deleted; what was imported with it stays.",
            $"There is no mapping “{name}” any more."
        );
    }

    public async Task<CommandResult> DeleteAsync(int setId, ClaimsPrincipal user, CancellationToken ct)
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, ct) is not { } person)
        {
            return Refused;
        }

        // On a thread of its own, since SQLite works without giving the thread back.
        var result = await Task.Run(() => deleteImport.ExecuteAsync(setId, person.Name, ct), ct);
        return new CommandResult(result.Succeeded, result.Message);
    }

    private async Task<CommandResult> AsAnalystAsync(
        ClaimsPrincipal user,
        Func<AuthorizedUser, CommandResult> command,
        CancellationToken ct
    ) => await authorization.AuthorizeAsync(user, Roles.Analyst, ct) is { } person ? command(person) : Refused;

    private static CommandResult Answer(bool done, string words, string otherwise) =>
        new(done, done ? words : otherwise);
}
