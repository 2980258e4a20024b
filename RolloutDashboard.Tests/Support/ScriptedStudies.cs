using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Tests.Support;

/// <summary>Comparisons, replays and A/A checks for pages; a test sets what they answer.</summary>
public sealed class ScriptedStudies : IComparisons, IReplays, IAaChecks
{
    /// <summary>Of the comparison that is shown; each reading gives another.</summary>
    public string Hash => new((char)('a' + Asked.Count), 64);

    /// <summary>Who waits for the latest comparison or replay.</summary>
    public JobSubscription? Waits { get; private set; }

    /// <summary>Whether a comparison or replay is of now.</summary>
    public bool IsOfNow { get; set; } = true;

    /// <summary>When set, comparisons and replays are refused with it.</summary>
    public SelectionException? Refusal { get; set; }

    /// <summary>When set, everything that is read fails with it.</summary>
    public string? Fault { get; set; }

    public ComparisonReport Report { get; set; } =
        CompareSets.Of("JSON", Side(GenerationMode.Json, 40, 32), "full code", Side(GenerationMode.FullCode, 40, 10));

    public IReadOnlyList<CheckedIteration> Iterations { get; } = Side(GenerationMode.Json, 40, 32);

    public IReadOnlyList<SavedComparison> Kept { get; set; } = [];

    public ReplayResult Replay { get; set; } =
        new(
            120,
            1,
            ["monitoring"],
            100,
            [
                new ReplayStep(
                    Scripted.Start,
                    100,
                    Stage.TemplateLibraryOnly,
                    1,
                    ReplayKind.Promoted,
                    "gate 3.1",
                    "Gate 3.1 passes.",
                    false
                ),
                new ReplayStep(
                    Scripted.Start,
                    115,
                    Stage.Hybrid,
                    1,
                    ReplayKind.RolledBack,
                    "success-critical",
                    "JSON success rate 40 %.",
                    true
                ),
            ]
        );

    public VerifiedJudgements Verified { get; set; } = new(12, 2, 0, []);

    public AaReport Aa { get; set; } =
        new(
            new AaSettings(100),
            [new AaClaim("success: JSON proven better", 0.05, 3, 100)],
            [new AaFinding("arm-contamination", "Blocking", 100, true)]
        );

    public List<string> Asked { get; } = [];

    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) =>
        Give<IReadOnlyList<ImportedHistory>>([new ImportedHistory(3, "old-loop.jsonl", Scripted.Start, 120)]);

    public Task<IReadOnlyList<SavedComparison>> ListAsync(CancellationToken cancellationToken) => Give(Kept);

    /// <summary>When set, a comparison or replay goes on until it is set or cancelled.</summary>
    public TaskCompletionSource? StudyEnds { get; set; }

    public async Task<DeduplicatedJob<ComparisonResult>> CompareAsync(
        SetSelection first,
        SetSelection second,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        Asked.Add($"{first} | {second}");
        Waits = waiting;
        await (StudyEnds?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return await Give(
            Shared(
                new ComparisonResult(
                    new ComparedInputs(first.ToString(), SeenUpTo.Nothing, second.ToString(), SeenUpTo.Nothing),
                    Report,
                    "{}",
                    Hash
                )
            )
        );
    }

    public Task<SavedReport?> FindAsync(long id, CancellationToken cancellationToken) =>
        Give(
            Kept.FirstOrDefault(kept => kept.Id == id) is { } found
                ? new SavedReport(
                    found,
                    new ComparedInputs(
                        "production;mode=json",
                        SeenUpTo.Nothing,
                        "production;mode=full-code",
                        SeenUpTo.Nothing
                    ),
                    Report,
                    "{}",
                    "# report"
                )
                : null
        );

    public Task<Recomputed> AgainAsync(long id, string person, CancellationToken cancellationToken) =>
        Give(new Recomputed(true, new string('a', 64), "The same to the last digit."));

    /// <summary>What is still at hand by its hash.</summary>
    public ComparisonResult? AtHand { get; set; }

    public ComparisonResult? Shown(string hash) => AtHand?.Hash == hash ? AtHand : null;

    public Task<(CommandResult Result, long? Id)> KeepAsync(
        ComparisonResult shown,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    )
    {
        Asked.Add($"keep {shown.Hash}");
        return Give<(CommandResult, long?)>((new CommandResult(true, "The report is kept."), 7));
    }

    public Task<ChosenPolicy> ChooseAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var (gates, thresholds, errors) = PolicyEdits.Apply(
            GateDefinition.Default,
            new AlertThresholds(),
            request.With
        );
        return Give(new ChosenPolicy(gates, thresholds, [1, 2], errors, null, "history"));
    }

    public async Task<DeduplicatedJob<ReplayedPolicy>> ReplayAsync(
        ReplayRequest request,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        Asked.Add($"{request}");
        Waits = waiting;
        await (StudyEnds?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        var (gates, thresholds, _) = PolicyEdits.Apply(GateDefinition.Default, new AlertThresholds(), request.With);
        return await Give(Shared(new ReplayedPolicy(Replay, gates, thresholds, [1, 2])));
    }

    public Task<VerifiedJudgements> VerifyAsync(string person, CancellationToken cancellationToken) => Give(Verified);

    /// <summary>When set, an A/A check goes on until it is set or cancelled.</summary>
    public TaskCompletionSource? AaEnds { get; set; }

    /// <summary>Takes what the latest A/A check says of its progress.</summary>
    public IProgress<int>? AaProgress { get; private set; }

    public async Task<AaReport> RunAsync(
        AaSettings settings,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        AaProgress = waiting?.Progress;
        await (AaEnds?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return await Give(Aa with { Settings = settings });
    }

    public static SavedComparison Report7 { get; } =
        new(
            7,
            Scripted.Start,
            "ann",
            "JSON against full code",
            "JSON succeeds 3.2 times as often.",
            new string('a', 64),
            true
        );

    private DeduplicatedJob<T> Shared<T>(T value) => new(value, Scripted.Start, IsOfNow);

    private Task<T> Give<T>(T value) =>
        Fault is { } fault ? Task.FromException<T>(new IOException(fault))
        : Refusal is { } refusal && value is (DeduplicatedJob<ComparisonResult> or DeduplicatedJob<ReplayedPolicy>)
            ? Task.FromException<T>(refusal)
        : Task.FromResult(value);

    private static CheckedIteration[] Side(GenerationMode mode, int n, int successes) =>
        [
            .. Enumerable
                .Range(1, n)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = mode,
                    Level = number <= successes ? SuccessLevel.Profitable : SuccessLevel.Failed,
                    SharpeRatio = number <= successes ? 0.3 + (number * 0.01) : null,
                    TotalReturn = number <= successes ? 0.1 + (number * 0.001) : null,
                    MaxDrawdown = number <= successes ? -0.1 : null,
                    Executed = number <= successes,
                    Fingerprint = $"{mode}-{number}",
                    StartedAt = Scripted.Start.AddSeconds(number),
                }),
        ];
}
