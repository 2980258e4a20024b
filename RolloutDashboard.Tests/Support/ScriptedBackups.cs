using System.Security.Claims;
using RolloutDashboard.Background;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Backups;

namespace RolloutDashboard.Tests.Support;

/// <summary>Backups as a test wants them, and what was asked for.</summary>
public sealed class ScriptedBackups : IBackupCommands
{
    public List<BackupLine> Lines { get; } =
    [new("rollout-20260302-084500-scheduled.db", Scripted.Start.AddMinutes(-15), "scheduled", 3 * 1024 * 1024)];

    public DatabaseTask? Work { get; set; }

    public List<string> Asked { get; } = [];

    public Exception? Fault { get; set; }

    /// <summary>Null answers that what was asked for has begun.</summary>
    public CommandResult? Answer { get; set; }

    public BackupsView Read() =>
        Fault is { } fault
            ? throw fault
            : new BackupsView(Lines, Lines.Sum(line => line.Bytes), TimeSpan.FromMinutes(15), 48, Work);

    public Task<CommandResult> BackUpNowAsync(ClaimsPrincipal user, CancellationToken ct) => AskAsync("backup");

    public Task<CommandResult> VerifyAsync(ClaimsPrincipal user, CancellationToken ct) => AskAsync("verify");

    public Task<CommandResult> RestoreAsync(
        string name,
        string typed,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => AskAsync($"restore {name} {typed} {reason}");

    private Task<CommandResult> AskAsync(string what)
    {
        Asked.Add(what);
        return Task.FromResult(Answer ?? new CommandResult(true, $"{what} has begun"));
    }
}
