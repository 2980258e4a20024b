using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Evidence;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Simulation;

/// <summary>
/// A rollout driven through the real use cases on a real SQLite file: claim, record, judge, act, verify, promote,
/// resume. Only the clock and the outcome of each iteration are scripted. Keeps a line for each decision, alert and
/// verdict.
/// </summary>
internal sealed partial class SimulatedRollout : IDisposable, ILoopStatus
{
    private readonly NotificationChannels _channels;
    private readonly EvaluateRollout _watch;
    private readonly RecordIteration _record;
    private readonly VerifyRollback _verify;
    private readonly GenerateComparison _compare;
    private readonly CheckEvidence _evidence;
    private readonly List<string> _lines;
    private readonly Dictionary<GenerationMode, double> _owed = [];
    private long _decisions;
    private long _messages;
    private string? _verdict;
    private DateTimeOffset? _restartedAt;

    public SimulatedRollout(RolloutTrial trial, SimulatedRollout? before = null)
    {
        Trial = trial;
        _lines = before?._lines ?? [];
        (_decisions, _messages, _verdict, Number, Step) = before is null
            ? (0, 0, null, 0, Step)
            : (before._decisions, before._messages, before._verdict, before.Number, before.Step);
        _channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
        _watch = new EvaluateRollout(
            trial,
            trial.Gate,
            new ReadAlertInputs(
                this,
                new ReadLookbackWindow(new DatabaseAvailability(trial.Time)),
                new LifeSigns(trial.Time)
            ),
            new NotificationOutbox(_channels),
            trial,
            trial.Time
        );
        _record = new RecordIteration(trial, new CrownChampion(), trial.Switch, trial, trial.Time);
        _verify = new VerifyRollback(trial, new ReadNotificationStatus(_channels), trial, trial.Time);
        _evidence = new CheckEvidence(trial, new FaultRegister(), trial, trial.Time);
        _compare = new GenerateComparison(
            trial,
            new CompareSelections(trial, new ReadSelection(new NoImports())),
            trial.Time
        );
    }

    public RolloutTrial Trial { get; }

    /// <summary>Number of the latest iteration.</summary>
    public long Number { get; private set; }

    /// <summary>Simulated time from one iteration to the next.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Judged after every so many iterations.</summary>
    public int JudgedEvery { get; init; } = 1;

    /// <summary>Share of successes by mode; spread evenly, so that every window holds it.</summary>
    public Func<GenerationMode, double> Success { get; set; } = mode => mode == GenerationMode.Json ? 0.85 : 0.25;

    public LoopStatus Now { get; set; } = new(0, 1, null);

    public InstallationFacts Installation { get; } = new("offline generator", "synthetic", [], "none", false);

    public string History => string.Join('\n', _lines) + "\n";

    private static CancellationToken Token => RolloutTrial.Token;

    /// <summary>One iteration from claim to judgement.</summary>
    public async Task IterateAsync()
    {
        var claim = await Trial.Claims.ClaimAsync(RolloutEnvironment.Production, Token)
            ?? throw new InvalidOperationException("The loop gave no iteration.");
        Number = claim.Number;
        Trial.Time.Advance(Step);
        await _record.FinishAsync(claim, OutcomeOf(claim), Token);
        await _compare.WhenDueAsync(Token);
        if (Number % JudgedEvery == 0)
        {
            await JudgeAsync();
        }
    }

    public async Task IterateAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await IterateAsync();
        }
    }

    /// <summary>What the supervisor does: heartbeat, judgement, due actions, verification.</summary>
    public async Task JudgeAsync()
    {
        await Trial.BeatOnAsync();
        await _evidence.ExecuteAsync(Token);
        await _watch.ExecuteAsync(ActAsync, Token);
        if (await Trial.Gradual.FollowAsync(Token) is { } due)
        {
            await Trial.Stop.ExecuteAsync(due);
        }

        await _verify.ExecuteAsync(1, _restartedAt, Now.WaitsFor, Token);
        await NoteAsync();
    }

    /// <summary>Stage by stage: validate, give what people must give, iterate until the gate passes, promote.</summary>
    /// <returns>False if the gate has not passed within the iterations.</returns>
    public async Task<bool> FinishStageAsync(int most)
    {
        var stage = (await Trial.RolloutAsync()).Stage;
        await PrepareAsync(stage);
        for (var i = 0; i < most; i++)
        {
            await IterateAsync();
            if (
                _verdict?.StartsWith(nameof(Verdict.Pass), StringComparison.Ordinal) == true
                && _verdict.Contains($"gate {stage.Number()}", StringComparison.Ordinal)
            )
            {
                var seen = await Trial.Preview.ExecuteAsync(Token);
                var result = await Trial
                    .Promote()
                    .ExecuteAsync(new PromoteRequest("olga", seen.StateVersion, seen.Evidence), Token);
                Assert.True(result.Succeeded, result.Message);
                await NoteAsync();
                return true;
            }
        }

        return false;
    }

    /// <summary>A test alert arrives outside the dashboard.</summary>
    public async Task TestAlertAsync()
    {
        await using var db = Trial.CreateDbContext();
        var now = Trial.Time.GetUtcNow();
        db.Notifications.Add(
            new Notification
            {
                RolloutId = 1,
                Key = $"test-{now.UtcTicks}",
                Channel = "slack",
                Rule = "test",
                Phase = AlertPhase.Firing,
                Severity = AlertSeverity.Info,
                Text = "A test.",
                IsTest = true,
                CreatedAt = now,
                DueAt = now,
                SentAt = now,
            }
        );
        await db.SaveChangesAsync(Token);
        Tell("A test alert arrives by Slack.");
    }

    /// <summary>A person resumes after a validation that passed.</summary>
    public async Task ResumeAsync(string cause)
    {
        await ValidateAsync();
        var seen = await Trial.Resume.LookAsync(Token);
        var result = await Trial.Resume.ExecuteAsync(
            new ResumeRequest("olga", (await Trial.RolloutAsync()).StateVersion, seen.Marker, cause),
            Token
        );
        Assert.True(result.Succeeded, result.Message);
        await NoteAsync();
    }

    /// <summary>Adds a line of the story itself.</summary>
    public void Tell(string text) => Add("story", text);

    public async Task NoteAsync()
    {
        await using var db = Trial.CreateDbContext();
        await NoteDecisionsAsync(db);
        await NoteMessagesAsync(db);
        await NoteVerificationAsync(db);
        await NoteVerdictAsync(db);
    }

    public void Dispose()
    {
        _channels.Dispose();
        Trial.Dispose();
    }

    private async Task NoteDecisionsAsync(RolloutDb db)
    {
        foreach (
            var decision in await db
                .Decisions.Where(row => row.Sequence > _decisions)
                .OrderBy(row => row.Sequence)
                .ToListAsync(Token)
        )
        {
            Add(
                decision.Kind,
                $"{decision.Text}{(decision.Reason is { } reason && !decision.Text.Contains(reason, StringComparison.Ordinal) ? $" Reason: {reason}" : "")}"
            );
            _decisions = decision.Sequence;
        }
    }

    private async Task NoteMessagesAsync(RolloutDb db)
    {
        foreach (
            var message in await db
                .Notifications.Where(row => row.Id > _messages && row.Channel == "dashboard" && !row.IsTest)
                .OrderBy(row => row.Id)
                .ToListAsync(Token)
        )
        {
            Add(
                $"{message.Severity} {(message.Phase == AlertPhase.Firing ? "fires" : "resolved")}".ToLowerInvariant(),
                $"{message.Rule}: {message.Text}"
            );
            _messages = message.Id;
        }
    }

    private async Task NoteVerificationAsync(RolloutDb db)
    {
        var rollback = await db.Rollbacks.OrderByDescending(row => row.Id).FirstOrDefaultAsync(Token);
        if (rollback is { VerifiedAt: { } verified } && verified == Trial.Time.GetUtcNow())
        {
            Add(
                "verified",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {rollback.Kind} rollback is verified, {(verified - rollback.RequestedAt).TotalHours:0.#} h after the request."
                )
            );
        }
    }

    private async Task NoteVerdictAsync(Core.Storage.RolloutDb db)
    {
        var judged = await db.Judgements.OrderByDescending(row => row.Id).FirstOrDefaultAsync(Token);
        if (judged is null)
        {
            return;
        }

        using var outcome = System.Text.Json.JsonDocument.Parse(judged.OutcomeJson);
        var (decision, summary) = (Word(outcome, "decision"), Word(outcome, "summary"));
        var verdict = $"{judged.Verdict}, {decision}, gate {judged.Stage.Number()}, attempt {judged.Attempt}";
        if (verdict != _verdict)
        {
            _verdict = verdict;
            Add("verdict", $"{judged.Verdict} ({decision}). {summary}");
        }
    }

    private static string? Word(System.Text.Json.JsonDocument outcome, string name) =>
        outcome
            .RootElement.EnumerateObject()
            .First(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Value.GetString();

    private async Task PrepareAsync(Stage stage)
    {
        if (stage != Stage.FullProduction)
        {
            await ValidateAsync();
        }

        foreach (var person in stage >= Stage.Primary ? new[] { "ann", "ben", "cem", "dora", "eve" } : [])
        {
            await new GiveFeedback(Trial, Trial, Trial.Time).ExecuteAsync(person, person, 4, null, Token);
        }

        if (stage == Stage.FullProduction)
        {
            await new SignOffObjectives(Trial.Transitions, Trial.Time).ExecuteAsync(
                "ann",
                "ann",
                "Ann Example",
                "The objectives of the year are met.",
                Token
            );
        }

        await NoteAsync();
    }

    private async Task ValidateAsync()
    {
        var started = await Trial.Validate.StartAsync("olga", Token);
        Assert.True(started.Succeeded, started.Message);
        await Trial.RunStagingAsync();
        await NoteAsync();
    }

    private async Task ActAsync(DueStep step, RolloutEvaluation judged, CancellationToken cancellationToken)
    {
        if (step.Action == DueAction.ImmediateRollback)
        {
            await Trial.Stop.ExecuteAsync(
                new StopJsonRequest(
                    step.Rule == "system-crash" ? "emergency" : "immediate",
                    "system",
                    step.Reason,
                    new { step.Rule }
                )
            );
            _restartedAt = Trial.Time.GetUtcNow();
        }
        else if (step.Action == DueAction.LockPromotion)
        {
            await Trial.Halt.ExecuteAsync(cancellationToken);
        }
    }

    private IterationOutcome OutcomeOf(ClaimedIteration claim)
    {
        var owed = _owed.GetValueOrDefault(claim.AssignedMode) + Success(claim.AssignedMode);
        var succeeds = owed >= 1 - 1e-9;
        _owed[claim.AssignedMode] = succeeds ? owed - 1 : owed;
        var outcome = Outcomes.Of(
            claim,
            succeeds ? 0.6 : -0.2,
            succeeds ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        var generation = outcome.Generation with { CacheLookups = 20, CacheHits = 20 };
        if (claim.AssignedMode == GenerationMode.FullCode)
        {
            generation = generation with
            {
                ParametersJson = null,
                TemplateName = null,
                Code = $"class Strategy{claim.Number} {{ }}",
            };
        }

        // No two strategies earn the same to the last digit.
        var digit = claim.Number * 0.000_1;
        var metrics = outcome.Visible!.Metrics with
        {
            SharpeRatio = succeeds ? 0.6 + digit : -0.2 - digit,
            TotalReturn = succeeds ? 0.2 + digit : -0.1 - digit,
        };
        return outcome with { Generation = generation, Visible = outcome.Visible with { Metrics = metrics } };
    }

    private void Add(string what, string why) =>
        _lines.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Number, 5}  {Trial.Time.GetUtcNow():yyyy-MM-dd HH:mm}  {what, -18} {Steady(why)}"
            )
        );

    // Names of processes and files of one run are not part of the history.
    private static string Steady(string text) =>
        PlaceOfDamage()
            .Replace(
                BackupName().Replace(ProcessNumber().Replace(text.ReplaceLineEndings(" "), "Process N"), "backup.db"),
                "at start (where)"
            );

    [GeneratedRegex(@"Process \d+")]
    private static partial Regex ProcessNumber();

    [GeneratedRegex(@"at start \(.*\)")]
    private static partial Regex PlaceOfDamage();

    [GeneratedRegex(@"\S+\.db\b")]
    private static partial Regex BackupName();
}
