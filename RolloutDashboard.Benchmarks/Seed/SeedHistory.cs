using System.Globalization;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>What stands beside the iterations: stages, decisions, alerts with their messages, events, findings,
/// feedback.</summary>
internal sealed class SeedHistory(SeedPlan plan, int seed, bool running)
{
    private const int Alerts = 400;
    private const int Events = 3000;
    private const int Findings = 200;
    private static readonly string[] Rules =
    [
        "success-warning",
        "error-rate",
        "cache-hit-rate",
        "mean-sharpe",
        "no-iteration",
    ];
    private readonly Random _random = new(seed + 1);

    public Rollout Rollout { get; } =
        new()
        {
            Id = 1,
            Name = "Seeded",
            Salt = "seeded",
            Stage = plan.Visits[^1].Stage,
            Attempt = plan.Visits[^1].Attempt,
            Phase = RolloutPhase.Active,
            DesiredLoopState = running ? DesiredLoopState.Running : DesiredLoopState.Paused,
            ConfigurationNumber = plan.Visits[^1].ConfigurationNumber,
            StateVersion = 400,
            CreatedAt = plan.Start,
            StageStartedAt = plan.StartOf(plan.Visits.Count - 1),
            AttemptStartedAt = plan.StartOf(plan.Visits.Count - 1),
            ResumedAt = plan.StartOf(3),
        };

    public IEnumerable<ConfigurationVersion> Configurations() =>
        plan.Visits.Select(
            (visit, index) =>
                new ConfigurationVersion
                {
                    Id = index + 1,
                    RolloutId = 1,
                    Number = visit.ConfigurationNumber,
                    Stage = visit.Stage,
                    ValuesJson = visit.Configuration.ToJson(),
                    CreatedAt = plan.StartOf(index),
                    Actor = "lead",
                    Reason = "Start of the stage.",
                }
        );

    public IEnumerable<StageAttempt> StageAttempts() =>
        plan
            .Visits.Select((visit, index) => (visit, index))
            .Where(one => one.visit.Configuration.JsonModeEnabled)
            .Select(one => new StageAttempt
            {
                Id = one.index + 1,
                RolloutId = 1,
                Stage = one.visit.Stage,
                Attempt = one.visit.Attempt,
                StartedAt = plan.StartOf(one.index),
                EndedAt = one.visit.Outcome is null ? null : plan.StartOf(one.index + 1),
                Outcome = one.visit.Outcome,
                GateVerdict = one.visit.Outcome == "promoted" ? Verdict.Pass : null,
            });

    /// <summary>The chain: what opened and moved the rollout, and the small changes of four months.</summary>
    public IReadOnlyList<DecisionRecord> Decisions()
    {
        var chain = new List<DecisionRecord>();
        foreach (var (at, draft) in StageDecisions().Concat(LoopDecisions()).OrderBy(one => one.At))
        {
            chain.Add(DecisionChain.Next(chain.Count == 0 ? null : chain[^1], 1, draft, at));
        }

        return chain;
    }

    private IEnumerable<(DateTimeOffset At, DecisionDraft Draft)> StageDecisions() =>
        [
            (
                plan.Start,
                new("rollout-opened", "system", "Rollout 'Seeded' opened in stage 3.1.", null, new { seeded = true })
            ),
            (plan.StartOf(1), new("promotion", "lead", "Promoted to stage 3.2.", null, new { verdict = "Pass" })),
            (
                plan.StartOf(2),
                new(
                    "rollback",
                    "olga",
                    "JSON mode was rolled back.",
                    "success fell below the limit",
                    new { rate = 0.44 }
                )
            ),
            (
                plan.StartOf(3),
                new(
                    "resume",
                    "olga",
                    "Resumed stage 3.2 with attempt 2.",
                    "the provider's model had changed",
                    new { attempt = 2 }
                )
            ),
            (plan.StartOf(4), new("promotion", "lead", "Promoted to stage 3.3.", null, new { verdict = "Pass" })),
            (plan.StartOf(5), new("promotion", "lead", "Promoted to stage 3.4.", null, new { verdict = "Pass" })),
        ];

    private IEnumerable<(DateTimeOffset At, DecisionDraft Draft)> LoopDecisions() =>
        Enumerable
            .Range(1, 300)
            .Select(day =>
                (
                    plan.Start + ((plan.End - plan.Start) * (day / 301.0)),
                    new DecisionDraft(
                        day % 2 == 0 ? "loop-paused" : "loop-started",
                        day % 3 == 0 ? "olga" : "lead",
                        day % 2 == 0 ? "The loop was paused." : "The loop was started.",
                        "Maintenance of the machine.",
                        new { day }
                    )
                )
            );

    public Rollback Rollback() =>
        new()
        {
            Id = 1,
            RolloutId = 1,
            Kind = "immediate",
            Actor = "olga",
            Reason = "success fell below the limit",
            RequestedAt = plan.StartOf(2),
            State = RollbackState.Ended,
            StoppedAt = plan.StartOf(2).AddMilliseconds(400),
            VerifiedAt = plan.StartOf(2).AddMinutes(3),
            LastNumberBefore = plan.FirstNumber(2) - 1,
        };

    public ProcessSession Session() =>
        new()
        {
            Id = 1,
            StartedAt = plan.Start.AddMinutes(-1),
            LastHeartbeatAt = plan.End.AddSeconds(-5),
            StoppedAt = plan.End.AddSeconds(-5),
            ProcessId = 4711,
            Host = "seeded",
            Version = "seeded",
        };

    public IEnumerable<(AlertRecord Alert, IReadOnlyList<Notification> Messages)> AlertsWithMessages() =>
        Enumerable
            .Range(1, Alerts)
            .Select(index =>
            {
                var fired = plan.Start + ((plan.End - plan.Start) * (index / (Alerts + 1.0)));
                var alert = new AlertRecord
                {
                    Id = index,
                    RolloutId = 1,
                    Rule = Rules[index % Rules.Length],
                    Severity = AlertSeverity.Warning,
                    Phase = AlertPhase.Resolved,
                    Text = "JSON success rate 66.7 % of 30 (latest 30), limit 70 %; overall 63.2 %.",
                    Since = fired,
                    FiredAt = fired,
                    ResolvedAt = fired.AddMinutes(20 + _random.Next(90)),
                    IsCurrent = index > Alerts - Rules.Length,
                };
                return (
                    alert,
                    (IReadOnlyList<Notification>)
                        [
                            Message(alert, AlertPhase.Firing, alert.FiredAt!.Value),
                            Message(alert, AlertPhase.Resolved, alert.ResolvedAt!.Value),
                        ]
                );
            });

    public IEnumerable<EventRecord> EventRecords() =>
        Enumerable
            .Range(1, Events)
            .Select(index => new EventRecord
            {
                Id = index,
                RolloutId = 1,
                At = plan.Start + ((plan.End - plan.Start) * (index / (Events + 1.0))),
                Severity = AlertSeverity.Warning,
                Source = "openai",
                Text = "openai answered 429; the next attempt waits 2 s.",
                IterationNumber = index * (long)plan.Rows / Events,
            });

    public IEnumerable<FindingRecord> FindingRecords() =>
        Enumerable
            .Range(1, Findings)
            .Select(index =>
            {
                var seen = plan.Start + ((plan.End - plan.Start) * (index / (Findings + 1.0)));
                return new FindingRecord
                {
                    Id = index,
                    RolloutId = 1,
                    Code = index % 2 == 0 ? "error-cluster" : "implausible",
                    Subject = string.Create(CultureInfo.InvariantCulture, $"seeded {index}"),
                    Severity = FindingSeverity.Warning,
                    NumbersJson = """{"failures":12}""",
                    IterationsJson = "[1,2,3]",
                    IterationCount = 3,
                    Sentence = "One error makes up 12 of 20 failures.",
                    Remedy = "Mend this one cause first.",
                    FirstSeenAt = seen,
                    LastSeenAt = seen.AddHours(2),
                    ClearedAt = seen.AddHours(2),
                };
            });

    public IEnumerable<FeedbackAnswer> Feedback() =>
        Enumerable
            .Range(1, 120)
            .Select(index => new FeedbackAnswer
            {
                Id = index,
                RolloutId = 1,
                Stage = plan.Visits[^1].Stage,
                Attempt = 1,
                UserId = $"person-{index % 8}",
                UserName = $"person {index % 8}",
                Score = 3 + (index % 3),
                Comment = "Works for us.",
                At = plan.End.AddHours(-index * 6),
                IsCurrent = index <= 8,
            });

    private static Notification Message(AlertRecord alert, AlertPhase phase, DateTimeOffset at) =>
        new()
        {
            Id = (alert.Id * 2) + (phase == AlertPhase.Firing ? 0 : 1),
            RolloutId = 1,
            Key = $"seeded/{alert.Id}/{phase}",
            Channel = "slack",
            AlertId = alert.Id,
            Rule = alert.Rule,
            Phase = phase,
            Severity = alert.Severity,
            Text = alert.Text,
            CreatedAt = at,
            DueAt = at,
            Attempts = 1,
            LastAttemptAt = at,
            SentAt = at.AddSeconds(1),
        };
}
