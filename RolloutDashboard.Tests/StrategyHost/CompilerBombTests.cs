using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.StrategyHost.Compiling;
using RolloutDashboard.Tests.Strategies.FullCode;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>Programs that cost the compiler far more than their length says: refused before it binds them, or stopped
/// by the clock beside the others.</summary>
public sealed class CompilerBombTests(CompilerFixture fixture) : IClassFixture<CompilerFixture>
{
    private static readonly TimeSpan s_hangs = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Known => [.. CompilerBombs.Known.Select(bomb => bomb.Name)];

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Compile_KnownBomb_IsRefusedByItsForm(string name)
    {
        var bomb = CompilerBombs.Known.Single(one => one.Name == name);

        var result = await Task.Run(() => fixture.Compiler.Compile(bomb.Source), TestContext.Current.CancellationToken)
            .WaitAsync(s_hangs, TestContext.Current.CancellationToken);

        Assert.Equal((Finding.TooLarge, bomb.Rule), (result.Findings[0].Kind, result.Findings[0].Rule));
        Assert.All(result.Findings, finding => Assert.InRange(finding.Message.Length, 1, 300));
    }

    [Theory]
    [InlineData(
        "tuple switch",
        "scores[0] = (market.Close(0), market.Close(1)) switch { (> 1, > 2) => 1, (> 1, _) => 2, (< 0.5, < 5) => 3, (_, 4 or 5) => 4, _ => 5 };"
    )]
    [InlineData("long switch", "LONG")]
    [InlineData(
        "list of pairs by key",
        "var d = new Dictionary<int, List<(int Stock, (double Score, double Weight) Of)>>(); scores[0] = d.Count;"
    )]
    [InlineData(
        "query",
        "scores[0] = (from i in Enumerable.Range(0, 5) let a = i * 2 let b = a + i let c = b - a where c > 0 orderby b group (a, b, c) by c % 2 into g select g.Sum(x => x.a)).Sum();"
    )]
    [InlineData(
        "lambdas in lambdas",
        "scores[0] = Enumerable.Range(0, 3).Sum(i => Enumerable.Range(0, 3).Sum(j => Enumerable.Range(0, 3).Sum(k => i * j * k)));"
    )]
    public void Compile_OrdinaryForm_IsAccepted(string name, string body)
    {
        var source = body is "LONG"
            ? $"scores[0] = market.DayCount switch {{\n{string.Concat(Enumerable.Range(0, 95).Select(i => $"{i} or {i + 200} => {i},\n"))} _ => 0 }};"
            : body;

        var result = fixture.Compiler.Compile(HostilePrograms.Program(null, source));

        Assert.True(result.Findings.Count == 0, $"{name}: {string.Join("; ", result.Findings)}");
    }

    [Fact]
    public async Task CompileAsync_OrdinaryProgramBesideFourBombs_DoesNotWaitForThem()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                CompileCpu = TimeSpan.FromMinutes(2),
                PoolSize = 0,
            },
            TimeProvider.System
        );
        await host.StartAsync(cancellationToken);

        Task<CompileOutcome>[] bombs =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(variant => host.CompileAsync(CompilerBombs.Unknown(variant), enough.Token)),
        ];
        var ordinary = await host.CompileAsync(
            HostilePrograms.Program(null, "scores.Fill(market.Close(0));"),
            cancellationToken
        );

        Assert.Null(ordinary.Failure);
        Assert.All(bombs, bomb =>
            Assert.False(bomb.IsCompleted, "A bomb that is compiled faster than an ordinary program is none.")
        );
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(bombs));
    }
}
