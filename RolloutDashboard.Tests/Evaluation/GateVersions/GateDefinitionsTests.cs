using System.Text.Json;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Tests.Evaluation.GateVersions;

/// <summary>Edits are kept as changes, so that a release can add a criterion to gates that were edited before
/// it.</summary>
public sealed class GateDefinitionsTests
{
    private const string Added = "a-later-criterion";
    private static readonly GateDefinition Edited = GateFields
        .Apply(
            GateDefinition.Default,
            new Dictionary<string, string>
            {
                ["3.1/json-success/target"] = "90",
                ["3.2/success-ratio/samples"] = "150",
                ["all/halt-ratio"] = "1.5",
            }
        )
        .Edited!;

    private static GateDefinition LaterRelease { get; } =
        GateDefinition.Default with
        {
            FreshMinutes = 20,
            Stages =
            [
                .. GateDefinition.Default.Stages.Select(gate =>
                    gate with
                    {
                        Criteria =
                        [
                            .. gate
                                .Criteria.Where(criterion => criterion.Key != JsonSharpeCriterion.Key)
                                .Select(criterion =>
                                    criterion.Key == CacheHitRateCriterion.Key
                                        ? criterion with
                                        {
                                            Target = 0.5,
                                        }
                                        : criterion
                                ),
                            new CriterionDefinition(Added),
                        ],
                    }
                ),
            ],
        };

    [Fact]
    public void Read_OfWritten_IsTheSameGates()
    {
        var read = GateDefinitions.Read(Row(GateDefinitions.Write(Edited)));

        Assert.Empty(GateFields.Between(Edited, read));
        Assert.Equal(Keys(Edited), Keys(read));
        Assert.Equal(7, read.Version);
    }

    [Fact]
    public void Write_Edit_HoldsTheChangesAlone() =>
        Assert.Equal(
            """{"Changes":{"3.1/json-success/target":0.9,"3.2/success-ratio/samples":150,"all/halt-ratio":1.5},"Off":[]}""",
            GateDefinitions.Write(Edited)
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_ByALaterRelease_HasItsCriteriaAndTheEdits(bool asEarlierReleasesStored)
    {
        var stored = asEarlierReleasesStored ? JsonSerializer.Serialize(Edited) : GateDefinitions.Write(Edited);

        var read = GateDefinitions.Read(Row(stored), LaterRelease);

        Assert.Equal(Keys(LaterRelease), Keys(read));
        Assert.All(read.Stages, gate => Assert.Contains(gate.Criteria, criterion => criterion.Key == Added));
        Assert.Equal(
            0.9,
            read.Stages[0].Criteria.Single(criterion => criterion.Key == JsonSuccessCriterion.Key).Target
        );
        Assert.Equal(
            150,
            read.Stages[1].Criteria.Single(criterion => criterion.Key == SuccessRatioCriterion.Key).MinimumSamples
        );
        Assert.Equal(1.5, read.HaltRatio);
    }

    [Fact]
    public void Read_NumberNobodyEdited_FollowsTheLaterRelease()
    {
        var read = GateDefinitions.Read(Row(GateDefinitions.Write(Edited)), LaterRelease);

        Assert.Equal(
            (20, 0.5),
            (
                read.FreshMinutes,
                read.Stages[0].Criteria.Single(criterion => criterion.Key == CacheHitRateCriterion.Key).Target!.Value
            )
        );
    }

    [Fact]
    public void Read_CriterionThatWasOff_StaysOff()
    {
        var off = GateDefinition.Default with
        {
            Stages =
            [
                .. GateDefinition.Default.Stages.Select(gate =>
                    gate with
                    {
                        Criteria =
                        [
                            .. gate.Criteria.Select(criterion =>
                                criterion with
                                {
                                    Enabled = criterion.Key != FeedbackCriterion.Key,
                                }
                            ),
                        ],
                    }
                ),
            ],
        };

        foreach (var stored in new[] { GateDefinitions.Write(off), JsonSerializer.Serialize(off) })
        {
            Assert.Equal(
                [FeedbackCriterion.Key, FeedbackCriterion.Key],
                GateDefinitions
                    .Read(Row(stored))
                    .Stages.SelectMany(gate => gate.Criteria)
                    .Where(criterion => !criterion.Enabled)
                    .Select(criterion => criterion.Key)
            );
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    public void Read_WhatIsNoDefinition_JudgesNothing(string stored) =>
        Assert.ThrowsAny<JsonException>(() => GateDefinitions.Read(Row(stored)));

    private static IEnumerable<string> Keys(GateDefinition gates) =>
        gates.Stages.SelectMany(gate => gate.Criteria.Select(criterion => $"{gate.Stage}/{criterion.Key}"));

    private static GateDefinitionVersion Row(string stored) =>
        new()
        {
            RolloutId = 1,
            Number = 7,
            ValuesJson = stored,
            Actor = "ann",
            Reason = "a test",
        };
}
