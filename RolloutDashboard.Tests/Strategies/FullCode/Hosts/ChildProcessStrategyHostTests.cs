using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode.Hosts;

public sealed class ChildProcessStrategyHostTests(StrategyHostFixture fixture)
{
    private const string Momentum = """
        public sealed class Momentum : Strategy
        {
            public override int Count => 3;
            public override double? StopLoss => 0.1;
            public override void Score(MarketHistory market, Span<double> scores)
            {
                for (var stock = 0; stock < market.StockCount; stock++)
                {
                    scores[stock] = market.Return(stock, 40);
                }
            }
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Momentum_PicksTheStrongest()
    {
        var run = await fixture.Host.RunAsync(await CompileAsync(Momentum), fixture.Market, Cancellation);

        Assert.Null(run.Failure);
        Assert.Equal(0.1, run.Plan!.StopLoss);
        var last = run.Plan.Rebalances[^1];
        var closes = Enumerable
            .Range(0, fixture.Market.StockCount)
            .ToDictionary(stock => stock, stock => fixture.Market.Stock(MarketField.Close, stock).ToArray());
        var strongest = closes
            .Keys.Where(stock => stock != 3)
            .OrderByDescending(stock => closes[stock][last.SignalDay] / closes[stock][last.SignalDay - 40])
            .Take(3);
        Assert.Equal(strongest, last.Picks);
    }

    [Theory]
    [InlineData(
        "public static class A { public static class B { public sealed class C : Strategy { public override void Score(MarketHistory v, Span<double> s) { s.Fill(1); } } } }"
    )]
    [InlineData(
        "namespace My.Own { public class A { public class B : Strategy { public override void Score(MarketHistory v, Span<double> s) { s.Fill(1); } } } }"
    )]
    [InlineData(
        "namespace My.Own; public sealed class A : Strategy { public override void Score(MarketHistory v, Span<double> s) { s.Fill(1); } }"
    )]
    public async Task RunAsync_StrategyWithinOtherTypes_IsFound(string source)
    {
        var run = await fixture.Host.RunAsync(await CompileAsync(source), fixture.Market, Cancellation);

        Assert.Null(run.Failure);
        Assert.NotEmpty(run.Plan!.Rebalances);
    }

    [Fact]
    public async Task RunAsync_OtherFuture_LeavesThePastChoicesAlone()
    {
        var strategy = await CompileAsync(Momentum);
        var shorter = Cut(fixture.Market, 200);

        var whole = await fixture.Host.RunAsync(strategy, fixture.Market, Cancellation);
        var part = await fixture.Host.RunAsync(strategy, shorter, Cancellation);

        Assert.NotEmpty(part.Plan!.Rebalances);
        Assert.All(part.Plan.Rebalances.Zip(whole.Plan!.Rebalances), pair =>
            Assert.Equal(
                (pair.Second.SignalDay, string.Join(' ', pair.Second.Picks)),
                (pair.First.SignalDay, string.Join(' ', pair.First.Picks))
            )
        );
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_GiveTheSamePlan()
    {
        var strategy = await CompileAsync(Momentum);

        var runs = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => fixture.Host.RunAsync(strategy, fixture.Market, Cancellation))
        );

        Assert.Single(
            runs.Select(run =>
                    string.Join(';', run.Plan!.Rebalances.Select(rebalance => string.Join(' ', rebalance.Picks)))
                )
                .Distinct()
        );
    }

    [Fact]
    public async Task RunAsync_ProgramThrows_NamesExceptionAndLine()
    {
        var strategy = await CompileAsync(
            """
            public sealed class Beyond : Strategy
            {
                public override void Score(MarketHistory market, Span<double> scores)
                {
                    var numbers = new double[3];
                    scores[0] = numbers[market.StockCount];
                }
            }
            """
        );

        var run = await fixture.Host.RunAsync(strategy, fixture.Market, Cancellation);

        Assert.Equal(GenerationFailureKinds.Runtime, run.Failure!.Kind);
        Assert.Equal("runtime: IndexOutOfRangeException", run.Failure.Signature);
        Assert.Matches("^near line [56]: ", run.Failure.Message);
    }

    [Theory]
    [InlineData("public override int Count => 0;", "bad-output: Count must lie between  and")]
    [InlineData("public override double? StopLoss => 3;", "bad-output: StopLoss must be null or lie between  and")]
    [InlineData("public override int RebalanceOffset => -1;", "bad-output: RebalanceOffset must lie between  and")]
    [InlineData(
        "public override double PositionLimit => 0;",
        "bad-output: PositionLimit must lie above  and be at most"
    )]
    [InlineData("public override Frequency Rebalance => (Frequency)9;", "bad-output: Rebalance must be Weekly")]
    public async Task RunAsync_SettingOutOfRange_IsBadOutput(string member, string signature)
    {
        var run = await fixture.Host.RunAsync(
            await CompileAsync(HostilePrograms.Program(null, "scores.Fill(1);", member)),
            fixture.Market,
            Cancellation
        );

        Assert.Equal(GenerationFailureKinds.BadOutput, run.Failure!.Kind);
        Assert.Equal(signature, run.Failure.Signature);
    }

    [Fact]
    public async Task RunAsync_NoFiniteScore_IsNoPositions()
    {
        var run = await fixture.Host.RunAsync(
            await CompileAsync(HostilePrograms.Program(null, "scores[0] = double.PositiveInfinity;")),
            fixture.Market,
            Cancellation
        );

        Assert.Equal(GenerationFailureKinds.NoPositions, run.Failure!.Kind);
    }

    [Fact]
    public async Task RunAsync_CancelledByTheCaller_Throws()
    {
        var strategy = await CompileAsync(HostilePrograms.Program(null, "while (true) { }"));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var running = fixture.Host.RunAsync(strategy, fixture.Market, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData(
        "public class A : Strategy { public override void Score(MarketHistory market, Span<double> scores) { scores[0] = ; } }",
        GenerationFailureKinds.Syntax,
        "syntax: "
    )]
    [InlineData(
        "public class A : Strategy { public override void Score(MarketHistory market, Span<double> scores) { scores[0] = Nothing(); } }",
        GenerationFailureKinds.Compile,
        "compile: CS0103"
    )]
    [InlineData("public class A { }", GenerationFailureKinds.Compile, "compile: number of strategies")]
    [InlineData(
        "public class A : Strategy { public override void Score(MarketHistory market, Span<double> scores) { Environment.Exit(1); } }",
        GenerationFailureKinds.Forbidden,
        "forbidden: System.Environment"
    )]
    public async Task CompileAsync_BadProgram_NamesKindCauseAndPlace(string source, string kind, string signature)
    {
        var compiled = await fixture.Host.CompileAsync(source, Cancellation);

        Assert.Null(compiled.Strategy);
        Assert.Equal(kind, compiled.Failure!.Kind);
        Assert.StartsWith(signature, compiled.Failure.Signature, StringComparison.Ordinal);
        Assert.NotEmpty(compiled.Diagnostics);
        Assert.True(
            source.Contains("{ }", StringComparison.Ordinal) || compiled.Diagnostics[0] is { Line: 1, Column: > 0 }
        );
    }

    [Fact]
    public async Task CompileAsync_HugeSource_IsTooLarge()
    {
        var compiled = await fixture.Host.CompileAsync(new string(' ', 40_000), Cancellation);

        Assert.Equal(GenerationFailureKinds.TooLarge, compiled.Failure!.Kind);
    }

    [Theory]
    [InlineData("scores[0] = market.Close(0);", new[] { MarketField.Close })]
    [InlineData(
        "scores[0] = market.Value(Field.ReturnOnEquity, 0) + market.Mean(Field.Volume, 0, 5);",
        new[] { MarketField.Close, MarketField.Volume, MarketField.ReturnOnEquity }
    )]
    [InlineData("scores[0] = market.Return(0, 5);", new[] { MarketField.Close, MarketField.AdjustedClose })]
    public async Task CompileAsync_Program_NamesTheDataItReads(string body, MarketField[] expected)
    {
        Assert.Equal(expected, (await CompileAsync(HostilePrograms.Program(null, body))).Fields!);
    }

    [Theory]
    [InlineData("scores[0] = market.Value((Field)7, 0);")]
    [InlineData("var f = Field.Open; f++; scores[0] = market.Value(f, 0);")]
    [InlineData("for (Field f = 0; f <= Field.DirectorHolding; f += 1) { scores[0] = market.Value(f, 0); }")]
    [InlineData("Field f = default; scores[0] = market.Value(f, 0);")]
    [InlineData("scores[0] = market.Value(new Field(), 0);")]
    public async Task CompileAsync_FieldMadeFromNumbers_ReadsAllData(string body)
    {
        Assert.Equal(Enum.GetValues<MarketField>(), (await CompileAsync(HostilePrograms.Program(null, body))).Fields!);
    }

    [Fact]
    public async Task StartAsync_IsolationRequiredButOff_SaysSo()
    {
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                Require = true,
                UseBubblewrap = false,
            },
            TimeProvider.System
        );

        var exception = await Assert.ThrowsAsync<SandboxUnavailableException>(() => host.StartAsync(Cancellation));

        Assert.Contains("Sandbox:Require", exception.Message, StringComparison.Ordinal);
        Assert.Equal("reduced isolation", host.Status.Name);
        Assert.False(host.Status.IsFull);
    }

    [Fact]
    public async Task StartAsync_NoHost_NamesTheKey()
    {
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                HostPath = "/nowhere/host.dll",
            },
            TimeProvider.System
        );

        var exception = await Assert.ThrowsAsync<SandboxUnavailableException>(() => host.StartAsync(Cancellation));

        Assert.Contains("Sandbox:HostPath", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_BubblewrapFailsTwice_IsTakenAtTheThirdTry()
    {
        using var bubblewrap = await FlakyBubblewrap.FindAsync(failures: 2);
        var reports = new List<SandboxStatus>();
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                PoolSize = 0,
            },
            TimeProvider.System,
            new StrategyHostSeams(Bubblewrap: bubblewrap.Path),
            reports.Add
        );

        await host.StartAsync(Cancellation);

        Assert.True(host.Status.IsFull, host.Status.Detail);
        Assert.Equal([host.Status], reports);
    }

    [Fact]
    public async Task RunAsync_BubblewrapComesAndGoes_IsToldAndTakenUpAgain()
    {
        using var bubblewrap = await FlakyBubblewrap.FindAsync(failures: 3);
        var clock = new FakeTimeProvider();
        var reports = new List<SandboxStatus>();
        var strategy = new CompiledStrategy(
            UncheckedCompiler.Compile(HostilePrograms.Program(null, "scores.Fill(1);"))!,
            "S"
        );
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                PoolSize = 0,
            },
            clock,
            new StrategyHostSeams(Bubblewrap: bubblewrap.Path),
            reports.Add
        );

        Assert.Null((await host.RunAsync(strategy, fixture.Market, Cancellation)).Failure);
        clock.Advance(ChildProcessStrategyHost.RetryAfter);
        Assert.Null((await host.RunAsync(strategy, fixture.Market, Cancellation)).Failure);
        bubblewrap.Break();
        Assert.Null((await host.RunAsync(strategy, fixture.Market, Cancellation)).Failure);

        Assert.Equal(["reduced isolation", "bubblewrap", "reduced isolation"], reports.Select(status => status.Name));
        Assert.Contains(
            "Missing: namespaces of their own (bubblewrap is installed but does not work here",
            reports[0].Detail,
            StringComparison.Ordinal
        );
    }

    private async Task<CompiledStrategy> CompileAsync(string source)
    {
        var compiled = await fixture.Host.CompileAsync(source, Cancellation);
        Assert.True(compiled.Failure is null, compiled.Failure?.Message);
        return compiled.Strategy!;
    }

    private static MarketPanel Cut(MarketPanel market, int days) =>
        new(
            market.Name,
            true,
            [.. market.Dates.Take(days)],
            market.Stocks,
            market.Fields.ToDictionary(field => field, field => market.ByDay(field)[..(days * market.StockCount)])
        );
}
