using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Gates;

/// <summary>Scripted iterations for tests of judgement.</summary>
internal static class EvidenceRows
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>An arm whose successes come first evenly spread, each with a strategy of its own.</summary>
    public static EvidenceRow[] Arm(
        GenerationMode mode,
        int successes,
        int failures,
        long first = 1,
        double sharpe = 0.4,
        double? share = 0.5
    ) =>
        Enumerable
            .Range(0, successes + failures)
            .Select(index =>
                Row(mode, first + (2 * index), Spread(index, successes, successes + failures), sharpe, share)
            )
            .ToArray();

    public static EvidenceRow Row(
        GenerationMode mode,
        long number,
        bool success,
        double sharpe = 0.4,
        double? share = 0.5
    ) =>
        new()
        {
            Number = number,
            AssignedMode = mode,
            EffectiveMode = mode,
            Status = IterationStatus.Finished,
            Level = success ? SuccessLevel.Profitable : SuccessLevel.Measured,
            SharpeRatio = success ? sharpe : -0.1,
            TotalReturn = success ? 0.2 : -0.05,
            Fingerprint = $"{mode}-{number}",
            CacheLookups = 100,
            CacheHits = 97,
            StartedAt = Start.AddMinutes(number),
            EndedAt = Start.AddMinutes(number).AddSeconds(20),
            ConfiguredShare = share,
        };

    /// <summary>Inputs in which everything but the rows is in order.</summary>
    public static GateInputs Healthy(Stage stage, params EvidenceRow[] rows) =>
        new()
        {
            Stage = stage,
            Now = Start.AddDays(40),
            AttemptStartedAt = Start,
            MinimumTime = TimeSpan.FromDays(7),
            ConfiguredShare = stage switch
            {
                Stage.Hybrid => 0.5,
                Stage.Primary => 0.8,
                Stage.FullProduction => 0.95,
                _ => null,
            },
            Rows = rows,
            Facts = new MonitoringFacts
            {
                DataAt = Start.AddDays(40),
                HeartbeatAt = Start.AddDays(40),
                TestAlertAt = Start.AddDays(38),
                Crashes = 0,
                Uptime = 0.999,
                Resources = new ResourceUse(500, 0.3, 20, TimeSpan.Zero),
                Feedback = new FeedbackScore(4.2, 6),
                SignOff = new SignOff("Ada Byron", Start.AddDays(39)),
                ComparisonReport = true,
                SwitchingErrors = 0,
                OpenBlockingFindings = 0,
                StagingValidationPassed = true,
            },
        };

    private static bool Spread(int index, int successes, int total) =>
        (long)(index + 1) * successes / total > (long)index * successes / total;
}
