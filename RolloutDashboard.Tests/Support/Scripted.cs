using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Monitoring.Stages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Tests.Support;

/// <summary>Snapshots as a rollout would show them, for tests of pages; no randomness, so that a picture
/// repeats.</summary>
public static class Scripted
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A demo in stage 3.1 before its first iteration.</summary>
    public static LiveSnapshot Empty(DateTimeOffset now) => Snapshot(now, 0);

    /// <summary>The same after some iterations, two in three of them JSON.</summary>
    public static LiveSnapshot Snapshot(DateTimeOffset now, int iterations)
    {
        var json = iterations * 2 / 3;
        var code = iterations - json;
        var jsonArm = Arm(GenerationMode.Json, json, json * 83 / 100);
        var codeArm = Arm(GenerationMode.FullCode, code, code * 31 / 100);
        var stage = Stage.TemplateLibraryOnly;
        return new LiveSnapshot(
            now,
            Head(iterations, json),
            Timeline(now, json),
            Gate(now, json, jsonArm),
            jsonArm,
            codeArm,
            new ArmComparison(
                null,
                null,
                false,
                "In stage 3.1 the arms answer different requests, so a ratio would say nothing."
            ),
            Rolling(json, code, jsonArm, codeArm),
            Series(now, iterations),
            iterations == 0 ? [] : Marks(now),
            iterations == 0 ? [] : Alerts(now),
            iterations == 0 ? [] : Events(now, iterations),
            Health(now, iterations),
            [new DecisionEntry(1, now.AddHours(-20), "start", "system", "Demo rollout created, stage 3.1", null)],
            null,
            iterations < 10 ? null : Champion(now, iterations)
        ) with
        {
            Timeline = Timeline(now, json),
            Gate = Gate(now, json, jsonArm) with { Stage = stage },
        };
    }

    /// <summary>Stage 3.2, comparable, ratio in the investigate zone.</summary>
    public static LiveSnapshot Hybrid(DateTimeOffset now)
    {
        var snapshot = Snapshot(now, 180);
        return snapshot with
        {
            Rollout = snapshot.Rollout with
            {
                Stage = Stage.Hybrid,
                Headline = snapshot.Rollout.Headline with
                {
                    FurtherIterations = 24,
                    Share = new ShareFigures(0.5, 89, 180),
                },
            },
            Comparison = new ArmComparison(2.66, new Interval(1.9, 3.9), true, null),
        };
    }

    /// <summary>After an immediate rollback that is stopped and not yet verified.</summary>
    public static LiveSnapshot RolledBack(DateTimeOffset now)
    {
        var snapshot = Snapshot(now, 150);
        return snapshot with
        {
            Rollout = snapshot.Rollout with
            {
                JsonEnabled = false,
                JsonOffReason = "rolled back by operator@example.org",
                Headline = new Headline(
                    HeadlineState.RolledBack,
                    "Rolled back",
                    HeadlineTone.Bad,
                    "JSON mode is off. Cause: JSON success fell to 46 % of the latest 30 iterations, below 50 %.",
                    null,
                    new NextStep(
                        "Find the cause, pass a staging validation, then resume with a written cause.",
                        PersonClick.ValidateInStaging
                    )
                )
                {
                    Share = new ShareFigures(0, 0, 12),
                },
            },
            Marks = [.. snapshot.Marks, new ChartMark(now.AddMinutes(-1), "rollback", "Immediate rollback")],
            Rollback = Unverified(now),
        };
    }

    private static RollingFigures Rolling(int json, int code, ArmSummary jsonArm, ArmSummary codeArm)
    {
        var iterations = json + code;
        return new RollingFigures(
            TimeSpan.FromHours(24),
            jsonArm.SuccessRate,
            json,
            iterations == 0 ? null : (double)(jsonArm.Level3 + codeArm.Level3) / iterations,
            iterations,
            json,
            code,
            0.06,
            iterations == 0 ? 0 : 57.5
        );
    }

    private static ChartMark[] Marks(DateTimeOffset now) =>
        [
            new ChartMark(now.AddHours(-20), "start", "Loop started"),
            new ChartMark(now.AddHours(-6), "configuration", "Configuration 2"),
        ];

    private static AlertEntry[] Alerts(DateTimeOffset now) =>
        [
            new AlertEntry(
                1,
                "success-rate-warning",
                AlertSeverity.Warning,
                "JSON success was 68 % of the latest 30, below 70 %.",
                now.AddMinutes(-42),
                now.AddMinutes(-30),
                null
            ),
            new AlertEntry(
                2,
                "cache-hit-rate",
                AlertSeverity.Warning,
                "Template cache hit rate 84 % in the last hour, below 90 %.",
                now.AddMinutes(-9),
                null,
                null
            ),
        ];

    private static EventEntry[] Events(DateTimeOffset now, int iterations) =>
        [
            new EventEntry(
                7,
                now.AddSeconds(-40),
                AlertSeverity.Warning,
                "full code",
                "error CS0103: The name 'SimpleMovingAverage' does not exist in the current context",
                iterations - 1
            ),
            new EventEntry(
                6,
                now.AddMinutes(-3),
                AlertSeverity.Warning,
                "json",
                "resample_offset 9 is not one of 0, 1, 2, 3, 4",
                iterations - 12
            ),
        ];

    private static HealthSummary Health(DateTimeOffset now, int iterations) =>
        new(
            iterations == 0 ? null : now.AddSeconds(-2),
            iterations == 0 ? 0 : 3,
            4,
            0.9994,
            TimeSpan.FromHours(20),
            iterations == 0 ? null : 0.938,
            "offline generator",
            "synthetic, seed 7, 300 stocks",
            ["fundamentals are synthetic too"],
            "bubblewrap, no network, no files",
            true,
            412,
            88.4,
            now.AddHours(-20),
            now.AddMinutes(-12)
        );

    private static ChampionEntry Champion(DateTimeOffset now, int iterations) =>
        new(
            iterations - 7,
            GenerationMode.Json,
            "Momentum",
            1.21,
            0.64,
            0.71,
            iterations,
            1.4,
            -0.182,
            7,
            now.AddMinutes(-6)
        );

    private static RollbackView Unverified(DateTimeOffset now) =>
        new(
            1,
            "immediate",
            now.AddSeconds(-75),
            "operator@example.org",
            "Success rate below 50 %",
            "Stopped",
            TimeSpan.FromMilliseconds(840),
            null,
            TimeSpan.FromMinutes(5),
            [
                new RollbackStepView(
                    "JSON switched off",
                    "done",
                    now.AddSeconds(-75),
                    "latch, marker file and database"
                ),
                new RollbackStepView(
                    "Running JSON iterations cancelled",
                    "done",
                    now.AddSeconds(-74),
                    "2 cancelled, 0 left"
                ),
                new RollbackStepView("Team alerted", "done", now.AddSeconds(-73), "dashboard"),
                new RollbackStepView("Full-code probe", "running", null, "waiting for the LLM provider"),
                new RollbackStepView("Next 5 assignments are full code", "waiting", null, "2 of 5 seen"),
            ]
        );

    private static RolloutHead Head(int iterations, int json) =>
        new(
            1,
            "Demo rollout",
            true,
            RolloutEnvironment.Production,
            Stage.TemplateLibraryOnly,
            1,
            3,
            2,
            iterations == 0 ? LoopState.Stopped : LoopState.Running,
            null,
            true,
            null,
            iterations == 0 ? Verdict.NotMeasured : Verdict.Inconclusive,
            new Headline(
                HeadlineState.Collecting,
                "Collecting",
                HeadlineTone.Info,
                json < 100
                    ? $"{json} of 100 JSON iterations so far; the gate is judged at 100."
                    : "All criteria but the cache hit rate are met.",
                json < 100 ? 100 - json : null,
                new NextStep("The loop goes on; a person may promote once the gate passes.")
            )
            {
                Share = new ShareFigures(null, json, iterations),
                Lamps =
                [
                    new StatusLamp("Health", HeadlineTone.Warning, "warned", "1 alert open", "/alerts"),
                    new StatusLamp("Evidence", HeadlineTone.Good, "sound", "no findings open", "/evidence"),
                    new StatusLamp("Promotion", HeadlineTone.Info, "not yet", "2 of 7 criteria met", "/#gate"),
                ],
            }
        );

    private static StageEntry[] Timeline(DateTimeOffset now, int json) =>
        [
            new(
                Stage.TemplateLibraryOnly,
                "current",
                1,
                now.AddHours(-20),
                null,
                now.AddHours(4),
                [new StageCount("JSON iterations", json, 100)],
                TimeSpan.Zero,
                Verdict.Inconclusive
            ),
            Ahead(
                Stage.Hybrid,
                [
                    new StageCount("iterations", 0, 200),
                    new StageCount("JSON iterations", 0, 100),
                    new StageCount("full-code iterations", 0, 100),
                ],
                14
            ),
            Ahead(Stage.Primary, [new StageCount("iterations", 0, 300)], 14),
            Ahead(Stage.FullProduction, [new StageCount("iterations", 0, 1000)], 30),
        ];

    private static StageEntry Ahead(Stage stage, IReadOnlyList<StageCount> counts, int days) =>
        new(stage, "ahead", 1, null, null, null, counts, TimeSpan.FromDays(days), null);

    private static GateReport Gate(DateTimeOffset now, int json, ArmSummary arm)
    {
        var enough = json >= 100;
        var waiting = enough ? Verdict.Pass : Verdict.Inconclusive;
        return new GateReport(
            Stage.TemplateLibraryOnly,
            enough ? Verdict.Fail : Verdict.Inconclusive,
            Recommendation.CollectMore,
            enough ? "The template cache hit rate is below its target." : $"{100 - json} JSON iterations are missing.",
            Math.Max(0, 100 - json),
            json == 0
                ? []
                :
                [
                    JsonCount(json, waiting),
                    JsonSuccess(json, arm, waiting),
                    JsonSharpe(json, arm, waiting),
                    NoCrash(json),
                    CacheHitRate(),
                    MonitoringWorks(),
                    EvidenceIntegrity(json),
                ],
            1,
            now
        );
    }

    private static CriterionResult JsonCount(int json, Verdict waiting) =>
        new(
            "json-count",
            "JSON iterations",
            waiting,
            ">= 100",
            FigureFormatter.Count(json),
            json,
            100,
            null,
            json,
            null,
            null,
            null,
            100 - json,
            "Counts finished and lost JSON iterations of this attempt."
        );

    private static CriterionResult JsonSuccess(int json, ArmSummary arm, Verdict waiting) =>
        new(
            "json-success",
            "JSON success rate",
            waiting,
            ">= 80 %",
            $"{arm.SuccessRate * 100:0.0} %",
            arm.SuccessRate,
            0.8,
            arm.SuccessInterval,
            json,
            arm.Distinct,
            arm.EffectiveN,
            false,
            640,
            "Met by the point estimate; the always-valid bound is still below 80 %."
        );

    private static CriterionResult JsonSharpe(int json, ArmSummary arm, Verdict waiting) =>
        new(
            "json-sharpe",
            "Mean Sharpe",
            waiting,
            ">= 0.15",
            "0.41",
            0.41,
            0.15,
            new Interval(0.29, 0.53),
            json,
            arm.Distinct,
            arm.EffectiveN,
            true,
            null,
            "The whole interval lies above the target."
        );

    private static CriterionResult NoCrash(int json) =>
        new(
            "crashes",
            "No system crash",
            Verdict.Pass,
            "0",
            "0",
            0,
            0,
            null,
            json,
            null,
            null,
            null,
            null,
            "No unclean stop since the attempt began."
        );

    private static CriterionResult CacheHitRate() =>
        new(
            "cache",
            "Template cache hit rate",
            Verdict.Fail,
            ">= 90 %",
            "84.0 %",
            0.84,
            0.9,
            new Interval(0.82, 0.86),
            5210,
            null,
            null,
            false,
            null,
            "Stored per iteration; a restart empties the cache for its first iterations."
        );

    private static CriterionResult MonitoringWorks() =>
        new(
            "monitoring",
            "Monitoring works",
            Verdict.NotMeasured,
            "test alert in 7 days",
            "not measured",
            null,
            null,
            null,
            0,
            null,
            null,
            null,
            null,
            "Send a test alert from the settings page."
        );

    private static CriterionResult EvidenceIntegrity(int json) =>
        new(
            "evidence",
            "Evidence integrity",
            Verdict.Pass,
            "no open blocking finding",
            "0 open",
            0,
            0,
            null,
            json,
            null,
            null,
            null,
            null,
            "All checks ran over this attempt."
        );

    private static ArmSummary Arm(GenerationMode mode, int finished, int succeeded)
    {
        var failed = (finished - succeeded) / 2;
        var isJson = mode == GenerationMode.Json;
        double? rate = finished == 0 ? null : (double)succeeded / finished;
        var half = finished == 0 ? 0 : 0.9 / Math.Sqrt(finished);
        return new ArmSummary(
            mode,
            finished,
            failed,
            0,
            finished - succeeded - failed,
            succeeded,
            0,
            finished > 50 ? 2 : 0,
            finished == 0 ? 0 : 1,
            rate,
            rate is { } value ? new Interval(Math.Max(0, value - half), Math.Min(1, value + half)) : null,
            finished == 0 ? null
                : isJson ? 0.41
                : 0.12,
            finished == 0 ? null
                : isJson ? new Interval(0.29, 0.53)
                : new Interval(-0.1, 0.33),
            finished == 0 ? null
                : isJson ? 0.281
                : 0.094,
            finished * 4 / 5,
            finished * 0.72,
            rate,
            finished,
            isJson && finished > 0 ? 0.938 : null,
            finished == 0 ? null
                : isJson ? 0.64
                : 2.31
        );
    }

    private static SeriesPoint[] Series(DateTimeOffset now, int iterations)
    {
        if (iterations == 0)
        {
            return [];
        }

        const int Buckets = 80;
        var end = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return
        [
            .. Enumerable
                .Range(0, Buckets)
                .Select(i => new SeriesPoint(
                    end.AddMinutes(-15 * (Buckets - 1 - i)),
                    20,
                    Math.Clamp(16 + (int)Math.Round(3 * Math.Sin(i / 5.0)) - (i % 7 == 0 ? 2 : 0), 0, 20),
                    i % 11 == 3 ? 0 : 10,
                    i % 11 == 3 ? 0 : Math.Clamp(3 + (int)Math.Round(2 * Math.Cos(i / 4.0)), 0, 10),
                    0.41 + (0.12 * Math.Sin(i / 6.0)),
                    i % 11 == 3 ? null : 0.12 + (0.2 * Math.Cos(i / 3.0))
                )),
        ];
    }
}
