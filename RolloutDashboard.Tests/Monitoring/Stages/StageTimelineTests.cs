using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Monitoring.Stages;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Monitoring.Stages;

public sealed class StageTimelineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // The card used to say 713 of 100 before the promotion and 1040 of 100 after it: JSON iterations, then all of them.
    [Fact]
    public void Card_OfStage31_CountsJsonIterationsBeforeAndAfterThePromotion()
    {
        var rows = Rows(GenerationMode.Json, 713).Concat(Rows(GenerationMode.FullCode, 327)).ToArray();

        var before = Card(Stage.TemplateLibraryOnly, Of(Stage.TemplateLibraryOnly, 1, rows, []));
        var after = Card(
            Stage.TemplateLibraryOnly,
            Of(
                Stage.Hybrid,
                1,
                [],
                [
                    new(Stage.TemplateLibraryOnly, 1, GenerationMode.Json, 713),
                    new(Stage.TemplateLibraryOnly, 1, GenerationMode.FullCode, 327),
                ]
            )
        );

        Assert.Equal("713 JSON iterations, at least 100 needed", before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Card_OfStage32_SaysEveryNumberThatItsGateAsksFor()
    {
        var rows = Rows(GenerationMode.Json, 64).Concat(Rows(GenerationMode.FullCode, 1100)).ToArray();

        Assert.Equal(
            "1,164 iterations, at least 200 needed; 64 of 100 JSON iterations; 1,100 full-code iterations, at least 100 needed",
            Card(Stage.Hybrid, Of(Stage.Hybrid, 1, rows, []))
        );
    }

    [Fact]
    public void Card_OfAnEndedStage_CountsItsLatestAttemptOnly()
    {
        var entries = Of(
            Stage.Hybrid,
            1,
            [],
            [
                new(Stage.TemplateLibraryOnly, 1, GenerationMode.Json, 500),
                new(Stage.TemplateLibraryOnly, 2, GenerationMode.Json, 100),
            ],
            attempts: 2
        );

        Assert.Equal("100 of 100 JSON iterations", Card(Stage.TemplateLibraryOnly, entries));
    }

    private static IReadOnlyList<StageEntry> Of(
        Stage stage,
        int attempt,
        IReadOnlyList<EvidenceRow> rows,
        IReadOnlyList<AttemptCount> counts,
        int attempts = 1
    )
    {
        var rollout = new Rollout
        {
            Name = "Spring",
            Salt = "s",
            Stage = stage,
            Attempt = attempt,
            CreatedAt = Now,
        };
        var inputs = new GateInputs
        {
            Stage = stage,
            Now = Now,
            AttemptStartedAt = Now,
            Rows = rows,
        };
        return StageTimeline.Of(
            rollout,
            Visits(stage, attempt, attempts),
            counts,
            new StageOptions(),
            inputs,
            GateDefinition.Default,
            GateEvaluator.Evaluate(GateDefinition.Default, inputs)
        );
    }

    private static StageAttempt[] Visits(Stage stage, int attempt, int attempts) =>
        [
            .. Enumerable
                .Range(1, attempts)
                .Select(number => new StageAttempt
                {
                    Stage = Stage.TemplateLibraryOnly,
                    Attempt = number,
                    StartedAt = Now,
                }),
            new StageAttempt
            {
                Stage = stage,
                Attempt = attempt,
                StartedAt = Now,
            },
        ];

    private static string Card(Stage stage, IReadOnlyList<StageEntry> entries) =>
        string.Join("; ", entries.Single(entry => entry.Stage == stage).Counts.Select(count => count.Words));

    private static IEnumerable<EvidenceRow> Rows(GenerationMode mode, int count) =>
        Enumerable
            .Range(1, count)
            .Select(number => new EvidenceRow
            {
                Number = number,
                AssignedMode = mode,
                Status = IterationStatus.Finished,
                StartedAt = Now,
            });
}
