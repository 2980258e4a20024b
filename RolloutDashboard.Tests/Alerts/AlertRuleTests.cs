using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Alerts;

public sealed class AlertRuleTests
{
    private static readonly AlertThresholds Thresholds = new();

    private static AlertInputs Inputs(params EvidenceRow[] rows) =>
        new()
        {
            Now = Start.AddHours(20),
            ResumedAt = Start,
            Rows = rows,
            LoopShouldRun = true,
            LastIterationAt = Start.AddHours(20),
            OpenBlockingFindings = 0,
            ConfiguredShare = 0.5,
        };

    private static RuleReading Read(string key, AlertInputs inputs) =>
        AlertRuleList.All.Single(rule => rule.Key == key).Read(inputs, Thresholds);

    [Fact]
    public void All_HaveKeysOfTheirOwn() =>
        Assert.Equal(AlertRuleList.All.Count, AlertRuleList.All.Select(rule => rule.Key).Distinct().Count());

    [Fact]
    public void All_HealthyRollout_IsQuiet()
    {
        var inputs = Inputs([.. Arm(GenerationMode.Json, 85, 15), .. Arm(GenerationMode.FullCode, 25, 75, first: 2)]);

        Assert.All(AlertRuleList.All, rule =>
            Assert.Equal(AlertCondition.Clear, rule.Read(inputs, Thresholds).Condition)
        );
    }

    [Theory]
    [InlineData(20, 12, "success-warning", AlertCondition.Breached)]
    [InlineData(20, 14, "success-warning", AlertCondition.WithinMargin)]
    [InlineData(20, 15, "success-warning", AlertCondition.Clear)]
    [InlineData(20, 9, "success-critical", AlertCondition.Breached)]
    [InlineData(20, 10, "success-critical", AlertCondition.WithinMargin)]
    [InlineData(20, 11, "success-critical", AlertCondition.Clear)]
    [InlineData(19, 0, "success-critical", AlertCondition.Unknown)]
    public void SuccessRules_AtTheirThresholds_ReadAsSpecified(
        int n,
        int successes,
        string key,
        AlertCondition expected
    ) => Assert.Equal(expected, Read(key, Inputs(Arm(GenerationMode.Json, successes, n - successes))).Condition);

    [Fact]
    public void BudgetRule_UsedUp_SaysWhichAndUntilWhen()
    {
        var reading = Read(
            "budget-used-up",
            Inputs() with
            {
                BudgetUsedUp = "The budget of the last hour is used up.",
            }
        );

        Assert.Equal(
            (AlertCondition.Breached, "The budget of the last hour is used up. The loop waits."),
            (reading.Condition, reading.Text)
        );
    }

    [Fact]
    public void SuccessRule_LatestThirtyFallen_FiresThoughTheDayIsGood()
    {
        EvidenceRow[] rows = [.. Arm(GenerationMode.Json, 180, 20), .. Arm(GenerationMode.Json, 14, 16, first: 501)];

        var reading = Read("success-critical", Inputs(rows));

        Assert.Equal((AlertCondition.Breached, 30), (reading.Condition, reading.N));
        Assert.Contains("latest 30", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SuccessRule_FewInTheLastDay_IsExtendedBackToTwenty()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 5, 15)) with { Now = Start.AddDays(5) };

        var reading = Read("success-critical", inputs);

        Assert.Equal((AlertCondition.Breached, 20), (reading.Condition, reading.N));
    }

    [Fact]
    public void SuccessRule_OnlyFullCodeFails_IsQuiet()
    {
        EvidenceRow[] rows = [.. Arm(GenerationMode.Json, 40, 5), .. Arm(GenerationMode.FullCode, 0, 100, first: 2)];

        Assert.Equal(AlertCondition.Clear, Read("success-warning", Inputs(rows)).Condition);
    }

    [Fact]
    public void SuccessRule_FailuresBehindTheLastResume_AreNotSeen()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 0, 60));

        Assert.Equal(AlertCondition.Breached, Read("success-critical", inputs).Condition);
        Assert.Equal(
            AlertCondition.Unknown,
            Read("success-critical", inputs with { ResumedAt = Start.AddHours(3) }).Condition
        );
    }

    [Fact]
    public void SuccessRule_IterationsBeforeAPromotion_StayInTheWindow()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 0, 5, first: 101)) with
        {
            Before = Arm(GenerationMode.Json, 8, 8),
        };

        Assert.Equal(
            (AlertCondition.Breached, 21),
            (Read("success-critical", inputs).Condition, Read("success-critical", inputs).N)
        );
        Assert.Equal(
            AlertCondition.Unknown,
            Read("success-critical", inputs with { ResumedAt = Start.AddMinutes(101) }).Condition
        );
    }

    [Fact]
    public void ModeShareRule_IterationsBeforeAPromotion_AreOfAnotherShare()
    {
        var attempt = Arm(GenerationMode.Json, 40, 0, first: 101)
            .Concat(Arm(GenerationMode.FullCode, 10, 30, first: 102));

        Assert.Equal(
            AlertCondition.Clear,
            Read(
                "mode-share",
                Inputs([.. attempt]) with
                {
                    Before = Arm(GenerationMode.Json, 50, 0, share: null),
                }
            ).Condition
        );
    }

    [Fact]
    public void ErrorRule_LostOnesCount()
    {
        var rows = Arm(GenerationMode.Json, 27, 3);
        var lost = rows.Select(row => row.Succeeded ? row : row with { Status = IterationStatus.Lost }).ToArray();

        Assert.Equal(AlertCondition.Clear, Read("error-rate", Inputs(rows)).Condition);
        Assert.Equal(AlertCondition.WithinMargin, Read("error-rate", Inputs(lost)).Condition);
        lost[1] = lost[1] with { Level = SuccessLevel.Failed };
        Assert.Equal(AlertCondition.Breached, Read("error-rate", Inputs(lost)).Condition);
    }

    [Fact]
    public void CrashRule_BeforeTheResume_IsOver()
    {
        var crashed = Inputs() with { CrashAt = Start.AddHours(1) };

        Assert.Equal(AlertCondition.Breached, Read("system-crash", crashed).Condition);
        Assert.Equal(
            AlertCondition.Clear,
            Read("system-crash", crashed with { ResumedAt = Start.AddHours(2) }).Condition
        );
    }

    [Fact]
    public void IdleRule_JustStarted_CountsFromTheStart() =>
        Assert.Equal(
            AlertCondition.Clear,
            Read(
                "no-iteration",
                Inputs() with
                {
                    LastIterationAt = Start,
                    LoopStartedAt = Start.AddHours(20).AddMinutes(-3),
                }
            ).Condition
        );

    [Theory]
    [InlineData(0, AlertCondition.Clear)]
    [InlineData(14, AlertCondition.Clear)]
    [InlineData(16, AlertCondition.Breached)]
    public void IdleRule_WaitedForAProvider_CountsFromTheEndOfTheWait(int minutes, AlertCondition expected) =>
        Assert.Equal(
            expected,
            Read(
                "no-iteration",
                Inputs() with
                {
                    LastIterationAt = Start,
                    LoopStartedAt = Start,
                    AwaitedAnswerAt = Start.AddHours(20).AddMinutes(-minutes),
                }
            ).Condition
        );

    [Fact]
    public void IdleRule_WaitsForTheDisk_StillSpeaksAndSaysWhy()
    {
        var reading = Read(
            "no-iteration",
            Inputs() with
            {
                LastIterationAt = Start,
                LoopStartedAt = Start,
                LoopWaitsFor = "the disk is full; free some space",
            }
        );

        Assert.Equal(AlertCondition.Breached, reading.Condition);
        Assert.Contains("it waits: the disk is full", reading.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, AlertCondition.Breached)]
    [InlineData(0, AlertCondition.Breached)]
    [InlineData(1, AlertCondition.Clear)]
    public void OverrideRule_AtItsExpiry_Fires(int minutes, AlertCondition expected) =>
        Assert.Equal(
            expected,
            Read(
                "override-expired",
                Inputs() with
                {
                    OverrideExpiresAt = Start.AddHours(20).AddMinutes(minutes),
                }
            ).Condition
        );

    [Fact]
    public void HaltRule_OpenHaltOfAnEarlierAttempt_KeepsFiring() =>
        Assert.Equal(
            AlertCondition.Breached,
            Read("rollout-halted", Inputs() with { OpenHalt = "The ratio was 1.1." }).Condition
        );

    [Theory]
    [InlineData(15, AlertCondition.Clear)]
    [InlineData(16, AlertCondition.Breached)]
    public void IdleRule_AfterAQuarterOfAnHour_Fires(int minutes, AlertCondition expected) =>
        Assert.Equal(
            expected,
            Read("no-iteration", Inputs() with { LastIterationAt = Start.AddHours(20).AddMinutes(-minutes) }).Condition
        );

    [Fact]
    public void IdleRule_LoopPaused_IsQuiet() =>
        Assert.Equal(
            AlertCondition.Clear,
            Read("no-iteration", Inputs() with { LastIterationAt = null, LoopShouldRun = false }).Condition
        );

    [Theory]
    [InlineData(2, AlertCondition.WithinMargin)]
    [InlineData(3, AlertCondition.Breached)]
    [InlineData(0, AlertCondition.Clear)]
    public void ProvidersRule_ThreeInARow_Fires(int failures, AlertCondition expected) =>
        Assert.Equal(expected, Read("providers-down", Inputs() with { AllProvidersFailedInARow = failures }).Condition);

    [Fact]
    public void Failover_BackupFailsToo_IsNotCalledMended()
    {
        var faults = "main: HTTP 500, a fault of the provider.";
        var failedOver = Read(
            "provider-failover",
            Inputs() with
            {
                PreferredProviderFailedInARow = 3,
                ProviderFaults = faults,
            }
        );

        Assert.Equal(AlertCondition.Breached, failedOver.Condition);
        Assert.EndsWith($"a backup answers. {faults}", failedOver.Text, StringComparison.Ordinal);
        Assert.EndsWith(
            $"the loop waits. {faults}",
            Read("providers-down", Inputs() with { AllProvidersFailedInARow = 3, ProviderFaults = faults }).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            AlertCondition.WithinMargin,
            Read("provider-failover", Inputs() with { AllProvidersFailedInARow = 1, ProviderFaults = faults }).Condition
        );
        Assert.Equal(AlertCondition.Clear, Read("provider-failover", Inputs()).Condition);
    }

    [Fact]
    public void CacheRule_BelowNinetyPercent_Fires()
    {
        var rows = Arm(GenerationMode.Json, 30, 0).Select(row => row with { CacheHits = 89 }).ToArray();

        Assert.Equal(AlertCondition.Breached, Read("cache-hit-rate", Inputs(rows)).Condition);
    }

    [Fact]
    public void SharpeRule_LowMean_Fires()
    {
        Assert.Equal(
            AlertCondition.Breached,
            Read("mean-sharpe", Inputs(Arm(GenerationMode.Json, 40, 0, sharpe: 0.14))).Condition
        );
        Assert.Equal(
            AlertCondition.WithinMargin,
            Read("mean-sharpe", Inputs(Arm(GenerationMode.Json, 40, 0, sharpe: 0.16))).Condition
        );
    }

    [Fact]
    public void ModeShareRule_FarOff_Fires()
    {
        EvidenceRow[] off = [.. Arm(GenerationMode.Json, 75, 0), .. Arm(GenerationMode.FullCode, 25, 0, first: 2)];
        EvidenceRow[] near = [.. Arm(GenerationMode.Json, 58, 0), .. Arm(GenerationMode.FullCode, 42, 0, first: 2)];

        Assert.Equal(AlertCondition.Breached, Read("mode-share", Inputs(off)).Condition);
        Assert.Equal(AlertCondition.Clear, Read("mode-share", Inputs(near)).Condition);
    }
}
