using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Imports;

namespace RolloutDashboard.Tests.Support;

/// <summary>Files on their way and data sets; a test sets what there is.</summary>
public sealed class ScriptedImports : IImportQueue, IImportQueries, IImportCommands
{
    public long Version { get; set; }

    public IReadOnlyList<ImportItem> Items { get; set; } = [];

    public IReadOnlyList<ImportedSetView> Sets { get; set; } = [];

    public Exception? Failure { get; set; }

    public TaskCompletionSource? Hold { get; set; }

    public CommandResult Answer { get; set; } = new(true, "Done.");

    public List<string> Commands { get; } = [];

    public async Task<IReadOnlyList<ImportedSetView>> ListAsync(CancellationToken cancellationToken)
    {
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        return Failure is null ? Sets : throw Failure;
    }

    public async Task<ImportedSetView?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(set => set.Id == id);

    public Task<CommandResult> CheckAsync(
        string itemId,
        ImportOptions options,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        Note(
            $"check {itemId} {options.Arm?.ToString() ?? "-"} {options.Zone?.Id ?? "-"}{(options.Mapping.IsEmpty ? "" : $" {options.Mapping.ToCommandLine()}")}"
        );

    public Task<CommandResult> CommitAsync(string itemId, ClaimsPrincipal user, CancellationToken ct) =>
        Note($"commit {itemId}");

    public Task<CommandResult> CancelAsync(string itemId, ClaimsPrincipal user, CancellationToken ct) =>
        Note($"cancel {itemId}");

    public Task<CommandResult> SaveMappingAsync(HistoryMapping mapping, ClaimsPrincipal user, CancellationToken ct) =>
        Note($"save {mapping.Name}: {mapping.ToCommandLine()}");

    public Task<CommandResult> ForgetMappingAsync(string name, ClaimsPrincipal user, CancellationToken ct) =>
        Note($"forget {name}");

    public Task<CommandResult> DeleteAsync(int setId, ClaimsPrincipal user, CancellationToken ct) =>
        Note($"delete {setId}");

    public static ImportItem Item(
        ImportPhase phase,
        ImportReport? report = null,
        ImportProgress? progress = null,
        string? message = null
    ) =>
        new(
            "a1",
            "history.jsonl",
            "ann",
            Scripted.Start,
            phase,
            4_000_000,
            1_000_000,
            new ImportOptions(),
            progress,
            report,
            message
        );

    public static ImportReport Report(params Finding[] findings) =>
        new()
        {
            Name = "history.jsonl",
            Bytes = 4_000_000,
            Hash = "",
            FileHash = new string('a', 64),
            Layout = RecordLayout.Lines,
            Records = 1200,
            ProblemCount = 1,
            Problems = [new ImportProblem(17, "It is not valid JSON at byte 5: something <b>odd</b>.")],
            Runs =
            [
                new ImportedRun(
                    1,
                    1200,
                    new Dictionary<string, long>(),
                    new Dictionary<GenerationMode, long>(),
                    new Dictionary<GenerationMode, long>(),
                    [0, 0, 0, 1200],
                    0,
                    findings,
                    []
                ),
            ],
            Declared = new Dictionary<string, long> { ["llm"] = 1200 },
            Arms = new Dictionary<GenerationMode, long>
            {
                [GenerationMode.Json] = 700,
                [GenerationMode.FullCode] = 500,
            },
            Contents = new Dictionary<GenerationMode, long> { [GenerationMode.Json] = 1200 },
            Levels = [0, 0, 0, 1200],
            From = Scripted.Start.AddDays(-10),
            To = Scripted.Start,
            UnknownFields = new Dictionary<string, int> { ["mood"] = 3 },
            WithoutZone = 0,
        };

    public static Finding Contamination { get; } =
        new(
            "arm-contamination",
            FindingSeverity.Blocking,
            "FullCode",
            new Dictionary<string, double> { ["foreign"] = 500 },
            [1, 3, 5],
            "500 of 500 full code records hold template parameters.",
            "Find out which arm the records belong to."
        );

    private Task<CommandResult> Note(string command)
    {
        Commands.Add(command);
        return Task.FromResult(Answer);
    }
}
