using RolloutDashboard.Core.Statistics.Lineages;

namespace RolloutDashboard.Tests.Statistics.Lineages;

public sealed class ModeProofTests
{
    private const int Length = 5;

    [Fact]
    public void OfRatio_FourFifthsAgainstOneFifth_ProvesTwoAndKeepsIt()
    {
        var good = InTurn(40, 4, 1);

        var proof = ModeProof.OfRatio(good, 2);
        var later = ModeProof.OfRatio([.. good, .. InTurn(200, 2, 1)], 2);

        Assert.True(proof.Proven, proof.ToString());
        Assert.False(proof.Refuted, proof.ToString());
        Assert.InRange(proof.Bound.Lower, 2, 4);
        Assert.True(proof.Bound.Upper > 4, proof.ToString());
        Assert.Equal((40, 40, 0L), (proof.Json, proof.FullCode, proof.FurtherLineages));
        Assert.True(later.Proven, "A proof stays one though the rates turn.");
        Assert.True(later.Bound.Lower >= 2, later.ToString());
    }

    [Fact]
    public void OfRatio_EqualArms_IsRefutedAtTwoAndNotExpected()
    {
        var proof = ModeProof.OfRatio(InTurn(200, 3, 3), 2);

        Assert.Equal((false, true, null), (proof.Proven, proof.Refuted, proof.FurtherLineages));
    }

    [Fact]
    public void OfRatio_FewLineages_ExpectsAboutAsManyAsItTakes()
    {
        var proof = ModeProof.OfRatio(InTurn(8, 4, 1), 2);

        Assert.False(proof.Proven, proof.ToString());
        var needed = 16 + proof.FurtherLineages!.Value;
        Assert.False(ModeProof.OfRatio(InTurn((int)(needed / 2) - 2, 4, 1), 2).Proven);
        Assert.True(ModeProof.OfRatio(InTurn((int)(needed / 2) + 2, 4, 1), 2).Proven);
    }

    [Fact]
    public void OfRatio_OneArmOrNothing_ProvesNothing()
    {
        LineageUnit[] json = [.. InTurn(100, 5, 0).Where(lineage => lineage.IsJson)];

        foreach (var lineages in new[] { json, [] })
        {
            var proof = ModeProof.OfRatio(lineages, 2);

            Assert.Equal((false, false), (proof.Proven, proof.Refuted));
            Assert.Equal((0, double.PositiveInfinity), (proof.Bound.Lower, proof.Bound.Upper));
        }
    }

    [Fact]
    public void OfRatio_SurplusOfOneArm_WaitsForItsPartners()
    {
        var few = InTurn(12, 4, 1);
        LineageUnit[] surplus = [.. InTurn(60, 5, 0).Where(lineage => lineage.IsJson)];
        LineageUnit[] partners = [.. InTurn(60, 5, 0).Where(lineage => !lineage.IsJson)];

        Assert.Equal(ModeProof.OfRatio(few, 2).Bound, ModeProof.OfRatio([.. few, .. surplus], 2).Bound);
        Assert.True(ModeProof.OfRatio([.. few, .. surplus, .. partners], 2).Bound.Lower > 4);
    }

    [Fact]
    public void OfRatio_SegmentsOfOtherRates_GoOnWithTheEvidence()
    {
        var first = InTurn(9, 4, 1);
        var second = InTurn(9, 5, 2, "other");
        LineageUnit[] onlyJson = [.. InTurn(50, 4, 1, "json").Where(lineage => lineage.IsJson)];

        Assert.False(ModeProof.OfRatio(first, 2).Proven);
        Assert.False(ModeProof.OfRatio(second, 2).Proven);
        var together = ContrastSequence.LogEvidence(Counts([.. first, .. second]), new ContrastNull(2));
        Assert.True(together > ContrastSequence.LogEvidence(Counts(first), new ContrastNull(2)));
        Assert.Equal(
            ContrastSequence.LogEvidence(Counts(first), new ContrastNull(2)),
            ContrastSequence.LogEvidence(Counts([.. first, .. onlyJson]), new ContrastNull(2)),
            12
        );
    }

    [Fact]
    public void OfRatio_EndlessChain_NeverProvesAnything()
    {
        LineageUnit[] endless =
        [
            .. InTurn(100, 5, 0).Select(lineage => lineage with { Planned = 0, End = UnitEnd.CutByOutcome }),
        ];

        var proof = ModeProof.OfRatio(endless, 2);

        Assert.Equal((false, 0, 0), (proof.Proven, proof.Json, proof.FullCode));
    }

    [Fact]
    public void OfRatio_TrueRatioTwo_IsFalselyProvenInAtMostFivePercent()
    {
        const int Runs = 400;
        var random = new Random(5);
        int Draw(double rate) => Enumerable.Range(0, Length).Count(_ => random.NextDouble() < rate);
        var wrong = (Above: 0, Below: 0);
        for (var run = 0; run < Runs; run++)
        {
            var units = Enumerable.Range(0, 60).SelectMany(_ => InTurn(1, Draw(0.9), Draw(0.45))).ToArray();
            wrong.Above += First(units, new ContrastNull(2)) is null ? 0 : 1;
            wrong.Below += FirstBelow(units, new ContrastNull(2)) is null ? 0 : 1;
        }

        Assert.InRange(wrong.Above, 1, 0.05 * Runs);
        Assert.InRange(wrong.Below, 1, 0.05 * Runs);
    }

    [Fact]
    public void OfDifference_EqualArms_ProvesNeitherSide()
    {
        var proof = ModeProof.OfDifference(InTurn(200, 3, 3));

        Assert.Equal((false, false), (proof.Proven, proof.Refuted));
        Assert.InRange(proof.Bound.Lower, -0.1, 0);
        Assert.InRange(proof.Bound.Upper, 0, 0.1);
    }

    [Fact]
    public void OfRate_AllSucceed_ProvesFourFifthsAndRefutesALimit()
    {
        LineageUnit[] json = [.. InTurn(60, 5, 0).Where(lineage => lineage.IsJson)];

        var proof = ModeProof.OfRate(json, 0.8);
        var limit = ModeProof.OfRate(json, 0.05, above: false);

        Assert.True(proof is { Proven: true, Refuted: false, Json: 60 }, proof.ToString());
        Assert.True(limit is { Proven: false, Refuted: true }, limit.ToString());
    }

    [Fact]
    public void OfMean_ShiftedHeavyTails_ProvesTheSign()
    {
        double[] sharpe = [.. Enumerable.Range(0, 90).Select(i => i % 30 == 0 ? -50 : 0.4 + (0.2 * ((i % 5) - 2)))];

        var proof = ModeProof.OfMean(sharpe, 0);

        Assert.True(proof is { Proven: true, Refuted: false }, proof.ToString());
        Assert.InRange(proof.Bound.Lower, 0, 0.4);
    }

    [Fact]
    public void Values_CutLineages_CountAgainstTheClaimOrNotAtAll()
    {
        LineageUnit Cut(bool json, UnitEnd end) => new("", json, 2, 3, Length, end);
        LineageUnit[] lineages =
        [
            Cut(true, UnitEnd.Open),
            Cut(true, UnitEnd.CutByPlan),
            Cut(true, UnitEnd.CutByOutcome),
            Cut(false, UnitEnd.CutByOutcome),
        ];

        Assert.Equal([0.4, 0.8], LineageValues.AgainstJson(lineages).Select(unit => unit.Value));
        Assert.Equal([0.8, 0.4], LineageValues.AgainstFullCode(lineages).Select(unit => unit.Value));
    }

    [Fact]
    public void Dispersion_LineagesThatAgreeOnlyInside_AreWorthOneIterationEach()
    {
        LineageUnit[] clumped = [.. InTurn(20, 5, 0).Select(lineage => lineage with { IsJson = true })];

        var dispersion = LineageDispersion.Of(clumped);

        Assert.Equal(Length * 40 / 39.0, dispersion.DesignEffect, 1e-9);
        Assert.Equal(39, dispersion.EffectiveN(200), 1e-9);
        Assert.InRange(dispersion.DesignEffect, dispersion.Interval.Lower, dispersion.Interval.Upper);
        Assert.Equal(7, LineageDispersion.Of([]).EffectiveN(7));
    }

    [Fact]
    public void Family_ThreeClaims_ErrBySumOfTheirErrors()
    {
        Assert.Equal(0.15, FamilyError.Bound([0.05, 0.05, 0.05]), 12);
        Assert.Equal(1, FamilyError.Bound([0.7, 0.7]));
        Assert.Equal(0.05, FamilyError.Bound(Enumerable.Repeat(FamilyError.Share(0.05, 7), 7)), 12);
    }

    // What a gate asks after each iteration says the same as the whole proof.
    [Theory]
    [InlineData(40, 4, 1)]
    [InlineData(12, 4, 1)]
    [InlineData(200, 3, 3)]
    [InlineData(0, 0, 0)]
    [InlineData(60, 5, 0)]
    public void Decision_OfTheSameLineages_IsThatOfTheProof(int pairs, int json, int fullCode)
    {
        LineageUnit[] units = [.. InTurn(pairs, json, fullCode), new("", true, 1, 3, Length, UnitEnd.CutByOutcome)];
        var ofJson = units.Where(unit => unit.IsJson).ToArray();

        foreach (var ratio in new[] { 1.0, 2, 4 })
        {
            var whole = ModeProof.OfRatio(units, ratio);
            Assert.Equal(
                new ModeDecision(whole.Proven, whole.Json + whole.FullCode, whole.FurtherLineages),
                ModeDecision.OfRatio(units, ratio)
            );
        }

        foreach (var (target, above) in new[] { (0.5, true), (0.7, true), (0.9, false), (0.3, false) })
        {
            var whole = ModeProof.OfRate(ofJson, target, above);
            Assert.Equal(
                new ModeDecision(whole.Proven, whole.Json, whole.FurtherLineages),
                ModeDecision.OfRate(ofJson, target, above)
            );
        }
    }

    private static LineageUnit[] InTurn(int pairs, int json, int fullCode, string segment = "") =>
        [
            .. Enumerable
                .Range(0, pairs)
                .SelectMany(_ =>
                    new[]
                    {
                        new LineageUnit(segment, true, json, Length, Length, UnitEnd.Complete),
                        new LineageUnit(segment, false, fullCode, Length, Length, UnitEnd.Complete),
                    }
                ),
        ];

    private static ContrastCounts Counts(LineageUnit[] lineages) =>
        ContrastCounts.Of(LineageValues.AgainstJson(lineages));

    private static int? First(LineageUnit[] lineages, ContrastNull tested) =>
        ContrastSequence.FirstProof(LineageValues.AgainstJson(lineages), tested);

    private static int? FirstBelow(LineageUnit[] lineages, ContrastNull tested) =>
        ContrastSequence.FirstProof(
            [.. LineageValues.AgainstFullCode(lineages).Select(unit => unit with { Value = 1 - unit.Value })],
            tested.Mirrored()
        );
}
