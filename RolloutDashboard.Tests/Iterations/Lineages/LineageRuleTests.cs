using RolloutDashboard.Core.Iterations.Lineages;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Iterations.Lineages;

public sealed class LineageRuleTests
{
    private static readonly LineageTerms Terms = new(
        GenerationMode.Json,
        "1/main/model-1",
        Stage.Hybrid,
        Attempt: 2,
        SessionId: 7,
        Worker: 1,
        PlannedLength: 10
    );

    public static TheoryData<string, LineageEnd?, bool> Cases =>
        new()
        {
            { "fits", null, true },
            { "full", null, false },
            { "other arm", null, false },
            { "other worker", null, false },
            { "other process", null, false },
            { "other segment", LineageEnd.Segment, false },
            { "other stage", LineageEnd.Attempt, false },
            { "other attempt", LineageEnd.Attempt, false },
            { "other length", LineageEnd.Length, false },
            { "endless", LineageEnd.Length, false },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void EndOf_AndTakes_FollowWhatTheLineageIs(string what, LineageEnd? end, bool takes)
    {
        var lineage = Open();
        switch (what)
        {
            case "full":
                lineage.Count = 10;
                break;
            case "other arm":
                lineage.Mode = GenerationMode.FullCode;
                break;
            case "other worker":
                lineage.Worker = 0;
                break;
            case "other process":
                lineage.SessionId = 6;
                break;
            case "other segment":
                lineage.Segment = "2/main/model-1";
                break;
            case "other stage":
                lineage.Stage = Stage.TemplateLibraryOnly;
                break;
            case "other attempt":
                lineage.Attempt = 1;
                break;
            case "other length":
                lineage.PlannedLength = 5;
                break;
            case "endless":
                lineage.PlannedLength = 0;
                break;
            default:
                break;
        }

        Assert.Equal((end, takes), (LineageRule.EndOf(lineage, Terms), LineageRule.Takes(lineage, Terms)));
    }

    [Fact]
    public void Takes_EndlessLineageUnderEndlessTerms_WhateverSegmentAttemptAndProcess()
    {
        var lineage = Open();
        (lineage.PlannedLength, lineage.Count, lineage.Segment) = (0, 5000, "");
        (lineage.Attempt, lineage.SessionId, lineage.Worker) = (1, 0, 0);

        Assert.True(LineageRule.Takes(lineage, Terms with { PlannedLength = 0 }));
    }

    [Fact]
    public void Takes_ClosedLineage_Never()
    {
        var lineage = Open();
        lineage.Close(LineageEnd.Stop, DateTimeOffset.UnixEpoch);

        Assert.False(LineageRule.Takes(lineage, Terms));
    }

    private static Lineage Open() =>
        new()
        {
            Mode = Terms.Mode,
            Segment = Terms.Segment,
            Stage = Terms.Stage,
            Attempt = Terms.Attempt,
            SessionId = Terms.SessionId,
            Worker = Terms.Worker,
            PlannedLength = Terms.PlannedLength,
            Count = 3,
        };
}
