using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands.Backups;

/// <summary>Lists backups from their folder and begins work on them.</summary>
public sealed class BackupCommands(
    CommandAuthorization authorization,
    DataDirectory data,
    IOptions<BackupOptions> options,
    BackUpDatabase backUpDatabase,
    RestoreWhileRunning restore,
    VerifyRecords verifyRecords,
    DatabaseTasks tasks
) : IBackupCommands
{
    public BackupsView Read()
    {
        var lines = BackupFile.List(data).Select(Line).OfType<BackupLine>().ToList();
        return new BackupsView(
            lines,
            lines.Sum(line => line.Bytes),
            options.Value.Every,
            options.Value.Keep,
            tasks.Latest
        );
    }

    public Task<CommandResult> BackUpNowAsync(ClaimsPrincipal user, CancellationToken ct) =>
        BeginAsync(
            "back up",
            Roles.Operator,
            "Backup",
            user,
            async token =>
            {
                var backup = await backUpDatabase.ExecuteAsync("manual", token);
                return (
                    true,
                    [
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Path.GetFileName(backup.Path)}, {new FileInfo(backup.Path).Length / 1024} KB, integrity check passed."
                        ),
                    ]
                );
            },
            ct
        );

    public Task<CommandResult> VerifyAsync(ClaimsPrincipal user, CancellationToken ct) =>
        BeginAsync(
            "verify the records",
            Roles.Operator,
            "Verification",
            user,
            async token =>
            {
                var facts = await verifyRecords.ExecuteAsync(token);
                return (
                    facts.All(fact => fact.IsGood),
                    [.. facts.Select(fact => $"{(fact.IsGood ? "" : "Fault. ")}{fact.Text}")]
                );
            },
            ct
        );

    public async Task<CommandResult> RestoreAsync(
        string name,
        string typed,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (
            (
                WrittenReason.Fault("The reason", reason)
                ?? (typed.Trim() == name ? null : $"Type the backup's name, {name}, to confirm.")
            ) is
            { } fault
        )
        {
            return new CommandResult(false, fault);
        }

        if (BackupFile.List(data).FirstOrDefault(file => Path.GetFileName(file.Path) == name) is not { } backup)
        {
            return new CommandResult(false, $"There is no backup {name} any more.");
        }

        return await BeginAsync(
            "restore",
            Roles.Administrator,
            $"Restore of {name}",
            user,
            async (actor, token) =>
            {
                var result = await restore.ExecuteAsync(
                    new RestoreRequest(actor, reason.Trim(), IsDamaged: false, backup.Path),
                    token
                );
                return (true, [result.Text]);
            },
            ct
        );
    }

    // Removed by retention meanwhile: then it is no line.
    private static BackupLine? Line(BackupFile file) =>
        new FileInfo(file.Path) is { Exists: true } info
            ? new BackupLine(info.Name, file.At, file.Reason, info.Length)
            : null;

    private Task<CommandResult> BeginAsync(
        string what,
        string role,
        string name,
        ClaimsPrincipal user,
        Func<CancellationToken, Task<(bool, IReadOnlyList<string>)>> work,
        CancellationToken ct
    ) => BeginAsync(what, role, name, user, (_, token) => work(token), ct);

    private async Task<CommandResult> BeginAsync(
        string what,
        string role,
        string name,
        ClaimsPrincipal user,
        Func<string, CancellationToken, Task<(bool, IReadOnlyList<string>)>> work,
        CancellationToken ct
    )
    {
        if (await authorization.AuthorizeAsync(user, role, ct) is not { } person)
        {
            return new CommandResult(false, $"You may not {what}: that needs the role {role}.");
        }

        return tasks.TryStart(name, person.Name, token => work(person.Name, token))
            ? new CommandResult(true, $"{name} has begun; it goes on if you leave this page.")
            : new CommandResult(
                false,
                $"{tasks.Latest!.Name} goes on already, asked for by {tasks.Latest.Actor}. Wait for its end."
            );
    }
}
