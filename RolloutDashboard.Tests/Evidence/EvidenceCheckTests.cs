using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>For each check a planted fault that must be found, and a near miss that must stay quiet.</summary>
public sealed class EvidenceCheckTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<EvidenceSet>> PlantedFaults = new()
    {
        ["one strategy, 8 times of 20"] = () =>
            With(one => IsJsonSuccess(one) && one.Number <= 22, one => one with { Fingerprint = "same" }),
        ["one echo"] = () => With(one => one.Number == 2, one => one with { EchoesPrompt = true }),
        ["full-code records with template parameters"] = () =>
            With(
                one => one.AssignedMode == GenerationMode.FullCode && one.Fingerprint is not null,
                one => one with { ContentMode = GenerationMode.Json }
            ),
        ["made in another mode without a fallback"] = () =>
            With(
                one => one.Number == 2,
                one => one with { EffectiveMode = GenerationMode.FullCode, ContentMode = null }
            ),
        ["no JSON strategy at a share of 50 %"] = () =>
            With(
                one => one.AssignedMode == GenerationMode.Json,
                one => one with { EffectiveMode = GenerationMode.FullCode, ContentMode = null, FallbackRecorded = true }
            ),
        ["95 of 120 JSON at 50 %"] = () =>
            Set([
                .. Clean(120)
                    .Select(one =>
                        one.Number <= 70
                            ? one with
                            {
                                AssignedMode = GenerationMode.Json,
                                EffectiveMode = GenerationMode.Json,
                                ContentMode = GenerationMode.Json,
                                ShownArms = [],
                            }
                            : one
                    ),
            ]),
        ["level 3 with a Sharpe below 0"] = () =>
            With(one => one.Number == 2, one => one with { SharpeRatio = -0.2, TotalReturn = -0.1 }),
        ["JSON annual, full code cumulative"] = () =>
            With(one => one.AssignedMode == GenerationMode.Json, one => one with { MetricBasis = "annual" }),
        ["one gap"] = () => Set([.. Clean().Where(one => one.Number != 31)]) with { Begun = null },
        ["a duplicate"] = () => Set([.. Clean(), Iteration(60)]),
        ["fewer than begun"] = () => Set(Clean()) with { Begun = 62 },
        ["clock back"] = () => With(one => one.Number == 30, one => one with { StartedAt = Start }),
        ["12 equal results"] = () =>
            With(
                one => IsJsonSuccess(one) && one.Number <= 34,
                one => one with { SharpeRatio = 0.3, TotalReturn = 0.1, MaxDrawdown = -0.1 }
            ),
        ["no success"] = () =>
            With(
                one => one.Level == SuccessLevel.Profitable,
                one =>
                    one with
                    {
                        Level = SuccessLevel.Measured,
                        SharpeRatio = -one.SharpeRatio,
                        TotalReturn = -one.TotalReturn,
                    }
            ),
        ["durations 0"] = () => With(_ => true, one => one with { Duration = TimeSpan.Zero }),
        ["Sharpe 10.1"] = () => With(one => one.Number == 2, one => one with { SharpeRatio = 10.1 }),
        ["drawdown 0.1"] = () => With(one => one.Number == 2, one => one with { MaxDrawdown = 0.1 }),
        ["return -1.5"] = () => With(one => one.Number == 2, one => one with { TotalReturn = -1.5 }),
        ["NaN"] = () => With(one => one.Number == 2, one => one with { MaxDrawdown = double.NaN }),
        ["named by no record"] = () => Set(Clean()) with { Champion = new CheckedChampion(999, 0.5, 3) },
        ["better than any record"] = () => Set(Clean()) with { Champion = new CheckedChampion(2, 2.5, 3) },
        ["stale"] = () => Set(Clean()) with { Champion = new CheckedChampion(2, 0.1, 101) },
        ["better than its own record"] = () => Set(Clean()) with { Champion = new CheckedChampion(2, 0.6, 3) },
        ["a record names a better one"] = () => With(one => one.Number == 40, one => one with { ChampionSharpe = 1.9 }),
        ["an arm's champion of nobody"] = () =>
            Set(Clean()) with
            {
                OtherChampions = [new CheckedChampion(999, 0.2, 0)],
            },
        ["an earlier champion better than its record"] = () =>
            Set(Clean()) with
            {
                OtherChampions = [new CheckedChampion(2, 0.127, 0)],
            },
        ["12 mutations with one result"] = () => Set([.. Clean(), .. Mutations(12, number => $"mutated-{number}")]),
        ["10 mutations with one Sharpe"] = () =>
            Set([
                .. Clean(),
                .. Mutations(10, number => $"mutated-{number}")
                    .Select(one => one with { TotalReturn = one.TotalReturn + (one.Number * 0.0001) }),
            ]),
        ["24 mutations of one strategy"] = () =>
            Set([
                .. Clean(),
                .. Mutations(24, _ => "same").Select(one => one with { SharpeRatio = 0.2 + (one.Number * 0.001) }),
            ]),
        ["mutations fail alike"] = () =>
            Set([
                .. Clean(),
                .. Mutations(5, _ => "same")
                    .Select(one =>
                        one with
                        {
                            Fingerprint = null,
                            SharpeRatio = null,
                            TotalReturn = null,
                            MaxDrawdown = null,
                            Level = SuccessLevel.Failed,
                            Executed = false,
                            ErrorSignature = "no-positions",
                        }
                    ),
            ]),
        ["failures left out"] = () => Set([.. Clean(180).Where(one => one.Level != SuccessLevel.Failed)]),
        ["shown the other arm"] = () =>
            With(one => one.Number == 2, one => one with { ShownArms = [GenerationMode.FullCode] }),
        ["another Sharpe for the same strategy"] = () =>
            Twice(one => one with { SharpeRatio = one.SharpeRatio + 0.001 }),
        ["no Sharpe for the same strategy"] = () =>
            Twice(one => one with { SharpeRatio = null, Level = SuccessLevel.Measured }),
        ["five in a row"] = () =>
            With(
                one => one.AssignedMode == GenerationMode.Json && one.Number is >= 10 and <= 18,
                one => one with { ErrorSignature = "time-out" }
            ),
        ["14 of 30 JSON iterations gone, no reason kept"] = () => Gone(GenerationMode.Json, 14, null),
        ["14 full-code iterations gone for other reasons"] = () =>
            Gone(GenerationMode.FullCode, 14, CancellationReason.Other),
        ["half of all"] = () =>
            With(
                one => one.ErrorSignature is not null && one.Number <= 30,
                one => one with { ErrorSignature = "time-out" }
            ),
    };

    private static readonly Dictionary<string, Func<EvidenceSet>> QuietSets = new()
    {
        ["one strategy, 4 times of 20"] = () =>
            With(
                one => IsJsonSuccess(one) && one.Number <= 10,
                one => one with { Fingerprint = "same", SharpeRatio = 0.4, TotalReturn = 0.1, MaxDrawdown = -0.1 }
            ),
        ["same strategy, same result"] = () => Twice(one => one),
        ["same strategy, last digit"] = () => Twice(one => one with { SharpeRatio = one.SharpeRatio * (1 + 1e-14) }),
        ["same strategy on other market data"] = () => Later(one => one with { MarketDataVersion = "m2" }),
        ["same strategy with another engine"] = () => Later(one => one with { EngineVersion = "e2" }),
        ["same strategy, data not recorded"] = () =>
            Set([
                .. Clean()
                    .Select(one =>
                        one.Number is 2 or 4
                            ? one with
                            {
                                Fingerprint = "same",
                                MarketDataVersion = null,
                            }
                            : one with
                            {
                                MarketDataVersion = null,
                            }
                    ),
            ]),
        ["same strategy that failed once"] = () =>
            Twice(one =>
                one with
                {
                    Level = SuccessLevel.Failed,
                    Executed = false,
                    SharpeRatio = null,
                    TotalReturn = null,
                    MaxDrawdown = null,
                    ErrorSignature = "time-out: run",
                }
            ),
        ["fallback recorded"] = () =>
            With(
                one => one.Number == 2,
                one =>
                    one with
                    {
                        EffectiveMode = GenerationMode.FullCode,
                        ContentMode = GenerationMode.FullCode,
                        FallbackRecorded = true,
                    }
            ),
        ["52 of 60 levels stored as computed"] = () =>
            With(
                one => one.Number == 2,
                one => one with { SharpeRatio = 0, TotalReturn = 0, Level = SuccessLevel.Measured }
            ),
        ["Sharpe 9.9"] = () => With(one => one.Number == 2, one => one with { SharpeRatio = 9.9 }),
        ["drawdown -1"] = () => With(one => one.Number == 2, one => one with { MaxDrawdown = -1 }),
        ["return -1"] = () =>
            With(
                one => one.Number == 2,
                one => one with { TotalReturn = -1, SharpeRatio = -0.5, Level = SuccessLevel.Measured }
            ),
        ["both arms changed market data"] = () =>
            With(one => one.Number > 30, one => one with { MarketDataVersion = "m2" }),
        ["9 equal results"] = () =>
            With(
                one => IsJsonSuccess(one) && one.Number <= 26,
                one => one with { SharpeRatio = 0.3, TotalReturn = 0.1, MaxDrawdown = -0.1 }
            ),
        ["4 errors in a row"] = () =>
            With(
                one => one.AssignedMode == GenerationMode.Json && one.Number is >= 8 and <= 14,
                one => one with { ErrorSignature = "time-out" }
            ),
        ["champion of its own"] = () =>
            Set(Clean()) with
            {
                Champion = new CheckedChampion(59, 0.1 + (59 * 0.013), 100),
            },
        ["some successes, complete"] = () =>
            With(
                one => one.Number > 2 && one.Level == SuccessLevel.Profitable,
                one =>
                    one with
                    {
                        Level = SuccessLevel.Measured,
                        SharpeRatio = -one.SharpeRatio,
                        TotalReturn = -one.TotalReturn,
                    }
            ),
        ["72 of 120 JSON at 50 %"] = () =>
            Set([
                .. Clean(120)
                    .Select(one =>
                        one.Number <= 24
                            ? one with
                            {
                                AssignedMode = GenerationMode.Json,
                                EffectiveMode = GenerationMode.Json,
                                ContentMode = GenerationMode.Json,
                                ShownArms = [],
                            }
                            : one
                    ),
            ]),
        ["9 JSON iterations gone, no reason kept"] = () => Gone(GenerationMode.Json, 9, null),
        ["14 JSON iterations cancelled by a rollback"] = () =>
            Gone(GenerationMode.Json, 14, CancellationReason.Rollback),
        ["10 of each arm gone"] = () => With(one => one.Number <= 20, one => Cancelled(one, null)),
        ["all of 19 JSON iterations gone"] = () =>
            Set([.. Clean(39).Select(one => one.AssignedMode == GenerationMode.Json ? Cancelled(one, null) : one)]),
        ["a named champion is rounded"] = () => With(one => one.Number > 59, one => one with { ChampionSharpe = 0.87 }),
        ["champion of an earlier part"] = () =>
            With(one => one.Number > 40, one => one with { ChampionSharpe = 1.9 }) with
            {
                EarlierBestSharpe = 1.9,
            },
        ["20 mutations, one Sharpe but for one"] = () =>
            Set([
                .. Clean(),
                .. Mutations(20, number => $"mutated-{number}")
                    .Select(one =>
                        one with
                        {
                            TotalReturn = one.TotalReturn + (one.Number * 0.0001),
                            SharpeRatio = one.SharpeRatio + (one.Number == 70 ? 0.001 : 0),
                        }
                    ),
            ]),
        ["9 mutations with one result"] = () => Set([.. Clean(), .. Mutations(9, number => $"mutated-{number}")]),
        ["others are their own records"] = () =>
            Set(Clean()) with
            {
                OtherChampions = [new CheckedChampion(2, 0.126, 0), new CheckedChampion(1, 0.113, 0)],
            },
        ["cancelled out of the rate"] = () =>
            With(
                one => one.Number == 3,
                one => one with { Status = IterationStatus.Cancelled, Level = null, ErrorSignature = null }
            ),
    };

    /// <summary>60 iterations of both modes in turn: every third fails, each with a strategy and results of its
    /// own.</summary>
    private static CheckedIteration[] Clean(int count = 60) =>
        [.. Enumerable.Range(1, count).Select(number => Iteration(number))];

    private static CheckedIteration Iteration(int number)
    {
        var mode = number % 2 == 0 ? GenerationMode.Json : GenerationMode.FullCode;
        var fails = number % 3 == 0;
        var sharpe = 0.1 + (number * 0.013);
        return new CheckedIteration
        {
            Number = number,
            AssignedMode = mode,
            EffectiveMode = mode,
            ContentMode = mode,
            Executed = !fails,
            Level = fails ? SuccessLevel.Failed : SuccessLevel.Profitable,
            SharpeRatio = fails ? null : sharpe,
            TotalReturn = fails ? null : sharpe / 3,
            MaxDrawdown = fails ? null : -0.05 - (number * 0.001),
            Fingerprint = fails ? null : $"strategy-{number}",
            TemplateName = mode == GenerationMode.Json ? "Momentum" : null,
            ErrorSignature = fails ? $"error-{number % 5}" : null,
            MetricBasis = "cumulative",
            MarketDataVersion = "m1",
            EngineVersion = "e1",
            ConfiguredShare = 0.5,
            StartedAt = Start.AddMinutes(number),
            Duration = TimeSpan.FromSeconds(number),
            ShownArms = [mode],
        };
    }

    private static EvidenceSet Set(CheckedIteration[] iterations) =>
        new()
        {
            Iterations = iterations,
            CalledComplete = true,
            Begun = iterations.Length,
        };

    private static EvidenceSet With(
        Func<CheckedIteration, bool> which,
        Func<CheckedIteration, CheckedIteration> change
    ) => Set([.. Clean().Select(one => which(one) ? change(one) : one)]);

    private static CheckedIteration Cancelled(CheckedIteration one, CancellationReason? reason) =>
        one with
        {
            Status = IterationStatus.Cancelled,
            Cancellation = reason,
            Level = null,
            Executed = null,
            SharpeRatio = null,
            TotalReturn = null,
            MaxDrawdown = null,
            Fingerprint = null,
            EffectiveMode = null,
            ContentMode = null,
            ErrorSignature = null,
        };

    // The first ones of an arm, of 60 iterations.
    private static EvidenceSet Gone(GenerationMode mode, int count, CancellationReason? reason) =>
        With(one => one.AssignedMode == mode && one.Number <= 2 * count, one => Cancelled(one, reason));

    /// <summary>Mutations after the 60 of <see cref="Clean"/>, with one result to the last digit.</summary>
    private static CheckedIteration[] Mutations(int count, Func<int, string> fingerprint) =>
        [
            .. Enumerable
                .Range(61, count)
                .Select(number =>
                    Iteration(62) with
                    {
                        Number = number,
                        Kind = IterationKind.Mutation,
                        AssignedMode = GenerationMode.FullCode,
                        ConfiguredShare = null,
                        StartedAt = Start.AddMinutes(number),
                        Fingerprint = fingerprint(number),
                    }
                ),
        ];

    private static bool IsJsonSuccess(CheckedIteration one) =>
        one.AssignedMode == GenerationMode.Json && one.Level == SuccessLevel.Profitable;

    /// <summary>Code that must be the only blocking or warning one, and the set.</summary>
    public static TheoryData<string, string> Faults =>
        new()
        {
            { "mode-collapse", "one strategy, 8 times of 20" },
            { "prompt-echo", "one echo" },
            { "arm-contamination", "full-code records with template parameters" },
            { "mode-mismatch", "made in another mode without a fallback" },
            { "mode-mismatch", "no JSON strategy at a share of 50 %" },
            { "share-mismatch", "95 of 120 JSON at 50 %" },
            { "level-mismatch", "level 3 with a Sharpe below 0" },
            { "metric-basis", "JSON annual, full code cumulative" },
            { "missing-records", "one gap" },
            { "missing-records", "a duplicate" },
            { "missing-records", "fewer than begun" },
            { "missing-records", "clock back" },
            { "constant-result", "12 equal results" },
            { "false-success", "no success" },
            { "false-success", "durations 0" },
            { "implausible", "Sharpe 10.1" },
            { "implausible", "drawdown 0.1" },
            { "implausible", "return -1.5" },
            { "implausible", "NaN" },
            { "foreign-champion", "named by no record" },
            { "foreign-champion", "better than any record" },
            { "foreign-champion", "stale" },
            { "foreign-champion", "better than its own record" },
            { "foreign-champion", "a record names a better one" },
            { "foreign-champion", "an arm's champion of nobody" },
            { "foreign-champion", "an earlier champion better than its record" },
            { "constant-result", "12 mutations with one result" },
            { "constant-result", "10 mutations with one Sharpe" },
            { "mode-collapse", "24 mutations of one strategy" },
            { "error-cluster", "mutations fail alike" },
            { "survivorship", "failures left out" },
            { "arm-interference", "shown the other arm" },
            { "unstable-result", "another Sharpe for the same strategy" },
            { "unstable-result", "no Sharpe for the same strategy" },
            { "error-cluster", "five in a row" },
            { "error-cluster", "half of all" },
            { "unequal-cancellation", "14 of 30 JSON iterations gone, no reason kept" },
            { "unequal-cancellation", "14 full-code iterations gone for other reasons" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Run_PlantedFault_IsFound(string code, string fault)
    {
        var findings = EvidenceChecks.Run(Fault(fault));

        var found = findings.Where(finding => finding.Code == code).ToArray();
        Assert.NotEmpty(found);
        Assert.All(found, finding =>
        {
            Assert.NotEmpty(finding.Numbers);
            Assert.NotEmpty(finding.Sentence);
            Assert.NotEmpty(finding.Remedy);
        });
    }

    [Fact]
    public void Run_CleanSet_FindsNothing() => Assert.Empty(EvidenceChecks.Run(Set(Clean())));

    [Fact]
    public void Run_NoIterations_FindsNothing() => Assert.Empty(EvidenceChecks.Run(Set([])));

    public static TheoryData<string> NearMisses =>
        [
            "one strategy, 4 times of 20",
            "fallback recorded",
            "52 of 60 levels stored as computed",
            "Sharpe 9.9",
            "drawdown -1",
            "return -1",
            "both arms changed market data",
            "9 equal results",
            "4 errors in a row",
            "champion of its own",
            "some successes, complete",
            "a named champion is rounded",
            "champion of an earlier part",
            "9 mutations with one result",
            "20 mutations, one Sharpe but for one",
            "others are their own records",
            "72 of 120 JSON at 50 %",
            "cancelled out of the rate",
            "9 JSON iterations gone, no reason kept",
            "14 JSON iterations cancelled by a rollback",
            "10 of each arm gone",
            "all of 19 JSON iterations gone",
            "same strategy, same result",
            "same strategy, last digit",
            "same strategy on other market data",
            "same strategy with another engine",
            "same strategy, data not recorded",
            "same strategy that failed once",
        ];

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void Run_NearMiss_StaysQuiet(string name) => Assert.Empty(EvidenceChecks.Run(NearMiss(name)));

    [Fact]
    public void Run_SignsDiffer_IsInfoOnly()
    {
        var findings = EvidenceChecks.Run(With(one => one.Number == 4, one => one with { TotalReturn = -0.001 }));

        Assert.Equal(FindingSeverity.Info, Assert.Single(findings).Severity);
    }

    [Fact]
    public void ModeCollapse_ShowsRawAndDeduplicatedSuccess()
    {
        var finding = EvidenceChecks
            .Run(Fault("one strategy, 8 times of 20"))
            .Single(one => one.Code == "mode-collapse");

        Assert.Equal(
            (20.0, 13.0, 8.0),
            (finding.Numbers["n"], finding.Numbers["distinct"], finding.Numbers["largest_share"] * 20)
        );
        Assert.Equal(8, finding.Iterations.Count);
    }

    [Fact]
    public void ConstantResult_Mutations_AreTheirOwnGroupAndNoArm()
    {
        var set = Fault("12 mutations with one result");

        var finding = Assert.Single(EvidenceChecks.Run(set));

        Assert.Equal(
            ("constant-result", "Mutation", 12.0, FindingSeverity.Warning),
            (finding.Code, finding.Subject, finding.Numbers["same"], finding.Severity)
        );
        Assert.StartsWith("All 12 mutation results are the same", finding.Sentence, StringComparison.Ordinal);
        Assert.Equal((30, 30), (set.Arm(GenerationMode.Json).Count, set.Arm(GenerationMode.FullCode).Count));
    }

    [Fact]
    public void ModeCollapse_Mutations_IsForInformation() =>
        Assert.Equal(
            FindingSeverity.Info,
            EvidenceChecks
                .Run(Fault("24 mutations of one strategy"))
                .Single(one => one.Code == "mode-collapse")
                .Severity
        );

    [Fact]
    public void FalseSuccess_BesideSuccessesOfMutations_SaysThem()
    {
        var set = Fault("no success");
        set = set with { Iterations = [.. set.Iterations, .. Mutations(3, number => $"mutated-{number}")] };

        var sentence = EvidenceChecks.Run(set).Single(one => one.Code == "false-success").Sentence;

        Assert.DoesNotContain("no iteration succeeded", sentence, StringComparison.Ordinal);
        Assert.Contains("no iteration but 3 of 3 mutations succeeded", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void FalseSuccess_OnlyMutationsWereMeasured_DoesNotSayThatNothingWas()
    {
        var set = With(
            _ => true,
            one =>
                one with
                {
                    SharpeRatio = null,
                    TotalReturn = null,
                    MaxDrawdown = null,
                    Fingerprint = null,
                    Executed = false,
                    Level = SuccessLevel.Failed,
                }
        );
        set = set with { Iterations = [.. set.Iterations, .. Mutations(3, number => $"mutated-{number}")] };

        Assert.DoesNotContain(
            "no metric was measured",
            EvidenceChecks.Run(set).Single(one => one.Code == "false-success").Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MissingRecords_NamesTheGap()
    {
        var finding = EvidenceChecks.Run(Fault("one gap")).Single(one => one.Code == "missing-records");

        Assert.Equal([31L], finding.Iterations);
    }

    private static EvidenceSet Fault(string fault) =>
        PlantedFaults.TryGetValue(fault, out var set)
            ? set()
            : throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault.");

    /// <summary>Iteration 4 repeats the strategy of iteration 2, with that one's result as changed.</summary>
    private static EvidenceSet Twice(Func<CheckedIteration, CheckedIteration> change)
    {
        var first = Iteration(2);
        return With(
            one => one.Number == 4,
            one =>
                change(
                    one with
                    {
                        Fingerprint = first.Fingerprint,
                        SharpeRatio = first.SharpeRatio,
                        TotalReturn = first.TotalReturn,
                        MaxDrawdown = first.MaxDrawdown,
                    }
                )
        );
    }

    /// <summary>Iteration 32 repeats the strategy of iteration 2 with another result; from 31 on all were measured
    /// otherwise.</summary>
    private static EvidenceSet Later(Func<CheckedIteration, CheckedIteration> change) =>
        With(
            one => one.Number > 30,
            one => change(one.Number == 32 ? one with { Fingerprint = Iteration(2).Fingerprint } : one)
        );

    private static EvidenceSet NearMiss(string name) =>
        QuietSets.TryGetValue(name, out var set)
            ? set()
            : throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown near miss.");
}
