using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>Outcomes of iterations as a pipeline would hand them over.</summary>
public static class Outcomes
{
    public static IterationOutcome Of(
        ClaimedIteration claim,
        double? sharpe,
        SuccessLevel level,
        GenerationMode? effective = null,
        double drawdown = -0.1,
        double calmar = 1
    )
    {
        var failed = level == SuccessLevel.Failed;
        var failure = failed
            ? new GenerationFailure(GenerationFailureKinds.Compile, "CS1002", "compile: CS1002")
            : null;
        var generation = Generation(claim, failure);
        var metrics = new BacktestMetrics(0.2, 0.05, sharpe, null, drawdown, calmar, 0.5, 0.5, 0.3, 0.9, 10, 0.2);
        return new IterationOutcome(
            generation,
            effective ?? claim.AssignedMode,
            generation.Attempts,
            failed ? null : new BacktestResult(metrics, 0, [1, 1.1, 1.05, 1.2, 1.2, 1.3]),
            level,
            failure,
            null,
            "market",
            "basis",
            3,
            10
        );
    }

    private static GenerationOutcome Generation(ClaimedIteration claim, GenerationFailure? failure) =>
        new()
        {
            PromptVersion = "test-1",
            Attempts =
            [
                new GenerationAttempt(
                    1,
                    "prompt",
                    "answer",
                    [],
                    "offline generator",
                    "offline-1",
                    null,
                    null,
                    null,
                    TimeSpan.FromMilliseconds(5),
                    null
                ),
            ],
            Failure = failure,
            ParametersJson = """{"a":1}""",
            TemplateName = "Momentum",
            Fingerprint = $"f{claim.Number}",
            CacheLookups = 4,
            CacheHits = 3,
        };
}
