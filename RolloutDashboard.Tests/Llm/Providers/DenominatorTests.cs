using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>What counts: providers over HTTP on the loopback, through the real chain, pipeline and database, to the
/// arm's rate.</summary>
public sealed class DenominatorTests
{
    private static readonly Played Refusal = AnsweringProvider.Message(
        new
        {
            role = "assistant",
            content = (string?)null,
            refusal = "I can't help with that.",
        }
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Faults of one question or its answer; plain questions are answered all the while.</summary>
    public static TheoryData<string> OwnFaults =>
        [
            "refusal",
            "content filter",
            "status 400",
            "status 403",
            "error in place of an answer",
            "empty",
            "no choices",
            "cut off",
            "no JSON",
        ];

    [Theory]
    [MemberData(nameof(OwnFaults))]
    public async Task Run_FaultOfItsOwnQuestion_IsLevel0OfItsArmAndNoFaultOfTheProvider(string fault)
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question.IsPlain ? AnsweringProvider.Sound(question) : Own(fault, question)
        );
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));

        // More faults in a row than open the circuit.
        for (var i = 0; i < 2; i++)
        {
            var record = await bench.RunAsync(await bench.ClaimAsync(GenerationMode.Json));

            Assert.Equal(
                (IterationStatus.Finished, SuccessLevel.Failed, GenerationMode.Json),
                (record.Status, record.Level, record.EffectiveMode)
            );
        }

        Assert.Empty(bench.Rollout.Waited);
        Assert.Empty(bench.Chain.Events.Seen);
        Assert.Equal(
            (ProviderHealth.Working, 0),
            (bench.Chain.Chain.Status[0].Health, bench.Chain.Chain.Status[0].FailuresInARow)
        );
        var arm = await ArmAsync(bench, GenerationMode.Json);
        Assert.Equal((2, 0), (arm.Finished, arm.Level3));
    }

    /// <summary>Faults that a plain question gets too.</summary>
    public static TheoryData<string> ProvidersFaults =>
        [
            "a parameter is refused",
            "quota",
            "key",
            "no such model",
            "error in every answer",
            "HTML",
            "HTML of status 200",
            "broken body",
            "status 500",
        ];

    [Theory]
    [MemberData(nameof(ProvidersFaults))]
    public async Task Run_FaultOfTheProvider_WaitsAndIsAskedAgainAndThenCounts(string fault)
    {
        await using var provider = await AnsweringProvider.StartAsync(question => OfProvider(fault, question));
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));
        var claim = await bench.ClaimAsync(GenerationMode.Json);
        var running = bench.RunAsync(claim);
        await UntilAsync(() => bench.Rollout.Waited.Count >= 4, running);

        Assert.Equal(IterationStatus.Running, (await bench.Rollout.RowAsync(claim)).Status);
        Assert.Equal(1, bench.Rollout.Held);
        Assert.True(bench.Chain.Chain.Status[0].FailuresInARow >= 3, "Its circuit is open.");
        Assert.Contains(bench.Chain.Events.Seen, one => one.Kind == ProviderEventKind.AllDown);

        provider.Answer = AnsweringProvider.Sound;
        bench.Chain.Time.Advance(TimeSpan.FromMinutes(2));
        var record = await running;

        Assert.Equal((IterationStatus.Finished, 1, null), (record.Status, record.Attempts, record.FailureKind));
        Assert.Equal(0, bench.Rollout.Held);
    }

    [Theory]
    [InlineData(GenerationMode.Json)]
    [InlineData(GenerationMode.FullCode)]
    public async Task Run_FailedAndItsFallbackCannotBeAsked_IsDecidedAndWaitsForNobody(GenerationMode assigned)
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question.IsPlain ? AnsweringProvider.Sound(question)
            : question.IsJson == (assigned == GenerationMode.Json) ? Refusal
            : new Played(401, "{}")
        );
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));

        var record = await bench.RunAsync(await bench.ClaimAsync(assigned, fallback: true));

        Assert.Equal(
            (IterationStatus.Finished, SuccessLevel.Failed, assigned),
            (record.Status, record.Level, record.EffectiveMode)
        );
        Assert.Equal(GenerationFailureKinds.Provider, record.FailureKind);
        Assert.Contains(
            "strategy was made in its place: All LLM providers are down",
            record.FailureMessage,
            StringComparison.Ordinal
        );
        Assert.Empty(bench.Rollout.Waited);
        Assert.Equal(1, (await ArmAsync(bench, assigned)).Level0);
    }

    [Theory]
    [InlineData(GenerationMode.Json)]
    [InlineData(GenerationMode.FullCode)]
    public async Task Run_FallbackSucceeds_CountsAsLevel0OfTheAssignedArm(GenerationMode assigned)
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question.IsJson == (assigned == GenerationMode.Json) ? Refusal : AnsweringProvider.Sound(question)
        );
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));
        var other = assigned == GenerationMode.Json ? GenerationMode.FullCode : GenerationMode.Json;

        var record = await bench.RunAsync(await bench.ClaimAsync(assigned, fallback: true));

        Assert.Equal((IterationStatus.Finished, other), (record.Status, record.EffectiveMode));
        Assert.True(
            record.Level > SuccessLevel.Failed && record.SharpeRatio is not null,
            "The fallback brought a strategy."
        );
        var arm = await ArmAsync(bench, assigned);
        Assert.Equal((1, 0, 1, 0.0), (arm.Finished, arm.Level3, arm.Level0, arm.SuccessRate));
        Assert.Null(arm.MeanSharpe);
        var (byMode, succeeded) = (await ArmAsync(bench, other), record.Level == SuccessLevel.Profitable ? 1.0 : 0);
        Assert.Equal((1, succeeded), (byMode.EffectiveModeN, byMode.EffectiveModeSuccessRate));
        await using var db = bench.Rollout.Db();
        var bucket = Assert.Single(db.HourBuckets.Where(row => row.Mode == assigned).ToArray());
        Assert.Equal((1, 0, 0), (bucket.Level0, bucket.Level3, bucket.SharpeCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ThreeOfTenRefused_TheRateIsSuccessesOverIterationsAsked(bool fallback)
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question is { IsJson: true, IsPlain: false } && question.Iteration % 10 < 3
                ? Refusal
                : AnsweringProvider.Sound(question)
        );
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));
        var claims = new List<ClaimedIteration>();
        for (var i = 0; i < 20; i++)
        {
            claims.Add(await bench.ClaimAsync(GenerationMode.Json, fallback));
        }

        var records = await RunInPairsAsync(bench, claims);

        var asked = provider
            .Heard.Where(question => question is { IsJson: true, IsPlain: false })
            .Select(question => question.Iteration)
            .Distinct()
            .Count();
        var refused = claims.Count(claim => claim.Number % 10 < 3);
        var succeeded = records.Count(record =>
            record.EffectiveMode == GenerationMode.Json && record.Level == SuccessLevel.Profitable
        );
        var arm = await ArmAsync(bench, GenerationMode.Json);
        Assert.Equal((20, 20), (asked, arm.Finished));
        Assert.True(refused is > 2 and < 18, $"{refused} of 20 are refused.");
        Assert.Equal(
            20 - refused,
            records.Count(record => record.EffectiveMode == GenerationMode.Json && record.FailureKind is null)
        );
        Assert.Equal((succeeded, (double)succeeded / asked), (arm.Level3, arm.SuccessRate));
        Assert.Equal((0, 0), (arm.Cancelled, bench.Chain.Chain.Status[0].FailuresInARow));
        Assert.Empty(bench.Chain.Events.Seen);
    }

    // Two at a time, as two workers would.
    private static async Task<List<IterationRecord>> RunInPairsAsync(PipelineBench bench, List<ClaimedIteration> claims)
    {
        var records = new List<IterationRecord>();
        foreach (var pair in claims.Chunk(2))
        {
            records.AddRange(await Task.WhenAll(pair.Select(claim => bench.RunAsync(claim))));
        }

        return records;
    }

    [Fact]
    public async Task Run_OneQuestionAloneGets500_IsLevel0OfItsArmAfterAWhile()
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question.IsPlain ? AnsweringProvider.Sound(question) : new Played(500, "{}")
        );
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));

        var record = await bench.RunAsync(await bench.ClaimAsync(GenerationMode.Json));

        Assert.Equal(
            (IterationStatus.Finished, SuccessLevel.Failed, GenerationFailureKinds.Provider),
            (record.Status, record.Level, record.FailureKind)
        );
        Assert.Contains(
            "again and again while a plain one was answered",
            record.FailureMessage,
            StringComparison.Ordinal
        );
        Assert.Equal(0, bench.Rollout.Held);
    }

    [Fact]
    public async Task Run_NoSandboxForAWhile_WaitsWithTheAnswerInHand()
    {
        await using var provider = await AnsweringProvider.StartAsync(AnsweringProvider.Sound);
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));
        bench.Programs.Missing = 3;

        var record = await bench.RunAsync(await bench.ClaimAsync(GenerationMode.FullCode));

        Assert.Equal((IterationStatus.Finished, 1, null), (record.Status, record.Attempts, record.FailureKind));
        Assert.Equal((3, 1), (bench.Rollout.Waited.Count, provider.Heard.Count));
    }

    public static TheoryData<CancellationReason> Ends =>
        [CancellationReason.Rollback, CancellationReason.LoopStopped, CancellationReason.Shutdown];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Run_EndedWhileItWaits_IsCancelledAtOnceAndSaysByWhat(CancellationReason reason)
    {
        await using var provider = await AnsweringProvider.StartAsync(_ => new Played(401, "{}"));
        await using var bench = await PipelineBench.OpenAsync(Provider(provider));
        using var stopping = new CancellationTokenSource();
        var running = bench.RunAsync(await bench.ClaimAsync(GenerationMode.Json), stopping.Token);
        await UntilAsync(() => bench.Rollout.Held > 0, running);

        await EndAsync(bench.Rollout, reason, stopping);
        var record = await running.WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Equal((IterationStatus.Cancelled, reason), (record.Status, record.Cancellation));
        var arm = await ArmAsync(bench, GenerationMode.Json);
        Assert.Equal(
            (0, 1, new CancelledCount(reason, 1)),
            (arm.Finished, arm.Cancelled, Assert.Single(arm.CancelledBy))
        );
        Assert.Equal(0, bench.Rollout.Held);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Run_EndedInItsFallback_StaysTheFailureThatItWas(CancellationReason reason)
    {
        await using var provider = await AnsweringProvider.StartAsync(question =>
            question.IsJson ? Refusal : AnsweringProvider.Sound(question) with { Delay = TimeSpan.FromSeconds(60) }
        );
        await using var bench = await PipelineBench.OpenAsync(
            Provider(provider) with
            {
                Timeout = TimeSpan.FromSeconds(120),
            }
        );
        using var stopping = new CancellationTokenSource();
        var running = bench.RunAsync(await bench.ClaimAsync(GenerationMode.Json, fallback: true), stopping.Token);
        await UntilAsync(() => provider.Heard.Any(question => question is { IsJson: false, IsPlain: false }), running);

        await EndAsync(bench.Rollout, reason, stopping);
        if (reason == CancellationReason.Rollback)
        {
            // What runs is full code by now, and a stop of JSON does not wait for it.
            Assert.NotNull((await bench.Rollout.Db().Rollbacks.FindAsync([1L], Token))!.StoppedAt);
            await bench.Rollout.Loop.StopAsync("operator", Token);
        }

        var record = await running.WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Equal(
            (IterationStatus.Finished, SuccessLevel.Failed, GenerationMode.Json),
            (record.Status, record.Level, record.EffectiveMode)
        );
        Assert.Equal(1, (await ArmAsync(bench, GenerationMode.Json)).Level0);
    }

    private static async Task EndAsync(TestRollout rollout, CancellationReason reason, CancellationTokenSource stopping)
    {
        switch (reason)
        {
            case CancellationReason.Rollback:
                Assert.True((await rollout.StopAsync()).IsCommitted);
                break;
            case CancellationReason.LoopStopped:
                await rollout.Loop.StopAsync("operator", Token);
                break;
            default:
                await stopping.CancelAsync();
                break;
        }
    }

    private static Played Own(string fault, HeardQuestion question) =>
        fault switch
        {
            "refusal" => Refusal,
            "content filter" => AnsweringProvider.Message(new { role = "assistant", content = "" }, "content_filter"),
            "status 400" => new Played(
                400,
                """{"error":{"message":"The response was filtered.","code":"content_filter"}}"""
            ),
            "status 403" => new Played(403, """{"error":{"message":"Your input was flagged.","code":403}}"""),
            "error in place of an answer" => new Played(
                200,
                """{"error":{"message":"Your input was flagged.","code":403}}"""
            ),
            "empty" => AnsweringProvider.Message(new { role = "assistant", content = " " }),
            "no choices" => new Played(
                200,
                """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-test","choices":[]}"""
            ),
            "cut off" => AnsweringProvider.Message(
                new { role = "assistant", content = question.Example[..^20] },
                "length"
            ),
            "no JSON" => Played.Says("I would buy what has risen."),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault."),
        };

    private static Played OfProvider(string fault, HeardQuestion question) =>
        fault switch
        {
            "a parameter is refused" => question.Body.Contains("\"temperature\"", StringComparison.Ordinal)
                ? new Played(
                    400,
                    """{"error":{"message":"Unsupported value: 'temperature' does not support 0.7 with this model.","code":"unsupported_value"}}"""
                )
                : AnsweringProvider.Sound(question),
            "quota" => new Played(
                429,
                """{"error":{"message":"You exceeded your current quota.","code":"insufficient_quota"}}"""
            ),
            "key" => new Played(401, "{}"),
            "no such model" => new Played(404, "{}"),
            "error in every answer" => new Played(
                200,
                """{"error":{"message":"Daily limit reached.","code":"rate_limit_daily"}}"""
            ),
            "HTML" => new Played(502, "<html>Bad Gateway</html>"),
            "HTML of status 200" => new Played(200, "<html>captive portal</html>"),
            "broken body" => new Played(200, "{\"id\":\"c1\",\"choices\":["),
            "status 500" => new Played(500, "{}"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault."),
        };

    private static ProviderOptions Provider(AnsweringProvider provider) =>
        ChainBench.Provider("main", provider.Endpoint) with
        {
            Retries = 0,
        };

    private static async Task<ArmSummary> ArmAsync(PipelineBench bench, GenerationMode mode)
    {
        await using var db = bench.Rollout.Db();
        var rows = await ReadEvidenceRows.OfStageAsync(db, 1, Stage.TemplateLibraryOnly, Token);
        return ArmFigures.Summarise(
            [.. rows.Select(row => row.Row).Where(row => row.Status != IterationStatus.Running)],
            mode
        );
    }

    private static async Task UntilAsync(Func<bool> condition, Task running)
    {
        while (!condition())
        {
            Assert.False(running.IsCompleted, "It ended, and should have waited.");
            await Task.Delay(10, Token);
        }
    }
}
