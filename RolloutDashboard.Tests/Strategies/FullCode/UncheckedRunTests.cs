using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>The hostile programs with layers 1 to 4 switched off: what the run host and bubblewrap alone hold
/// back.</summary>
public sealed class UncheckedRunTests(StrategyHostFixture shared, UncheckedRunFixture fixture)
    : IClassFixture<UncheckedRunFixture>
{
    public static TheoryData<HostileProgram> Everything => [.. HostilePrograms.All];

    public static TheoryData<HostileProgram> ReachingOut =>
        [
            .. HostilePrograms.All.Where(program =>
                program.Name
                    is "write a file"
                        or "write beside a file"
                        or "delete a file"
                        or "network by socket"
                        or "network by http"
                        or "start a process"
                        or "kill a process"
                        or "native function"
                        or "environment"
                        or "module initializer"
                        or "thread"
                        or "endless loop"
                        or "endless recursion"
                        or "allocates without end"
            ),
        ];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task RunAsync_UncheckedProgramUnderBubblewrap_TouchesNothing(HostileProgram program)
    {
        await fixture.Sealed.StartAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(
            fixture.Sealed.Status.IsFull,
            $"bubblewrap does not work here: {fixture.Sealed.Status.Detail}"
        );
        var assembly = UncheckedCompiler.Compile(fixture.Surroundings.Aim(program.Source));
        Assert.Equal(HostilePrograms.RefusedByTheLanguage.Contains(program.Name), assembly is null);
        if (assembly is null)
        {
            return;
        }

        var run = await fixture.Sealed.RunAsync(
            new CompiledStrategy(assembly, "S"),
            shared.Market,
            TestContext.Current.CancellationToken
        );

        Assert.True(run.Plan is null != run.Failure is null);
        fixture.Surroundings.AssertUntouched(run.Failure?.Message);
    }

    [Theory]
    [MemberData(nameof(ReachingOut))]
    public async Task RunAsync_UncheckedProgramWithoutBubblewrap_ChangesNothing(HostileProgram program)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system-call filter exists on Linux only.");
        var assembly = UncheckedCompiler.Compile(fixture.Surroundings.Aim(program.Source))!;

        var run = await fixture.Reduced.RunAsync(
            new CompiledStrategy(assembly, "S"),
            shared.Market,
            TestContext.Current.CancellationToken
        );

        Assert.True(run.Plan is null != run.Failure is null);
        fixture.Surroundings.AssertUntouched(run.Failure?.Message, canReadFiles: true);
    }

    public static TheoryData<string, string, string> LyingOrBroken { get; } =
        new()
        {
            {
                "flood",
                "var o = Console.OpenStandardOutput(); var b = new byte[1 << 20]; while (true) { o.Write(b); }",
                GenerationFailureKinds.BadOutput
            },
            {
                "endless frame",
                "var o = Console.OpenStandardOutput(); o.Write(new byte[] { 255, 255, 255, 127, 7 }); var b = new byte[1 << 20]; while (true) { o.Write(b); }",
                GenerationFailureKinds.BadOutput
            },
            {
                "wrong length",
                "var o = Console.OpenStandardOutput(); o.Write(new byte[] { 8, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8 }); o.Flush();",
                GenerationFailureKinds.BadOutput
            },
            {
                "out of turn",
                "var o = Console.OpenStandardOutput(); var b = new byte[5 + 8 * 13]; b[0] = 104; b[4] = 7; o.Write(b); o.Flush();",
                GenerationFailureKinds.BadOutput
            },
            {
                "malformed failure",
                "var o = Console.OpenStandardOutput(); o.Write(new byte[] { 3, 0, 0, 0, 8, 200, 1, 1 }); o.Flush();",
                GenerationFailureKinds.BadOutput
            },
            {
                "unknown kind",
                "var o = Console.OpenStandardOutput(); o.Write(new byte[] { 0, 0, 0, 0, 99 }); o.Flush();",
                GenerationFailureKinds.BadOutput
            },
            { "ends early", "Environment.Exit(0);", GenerationFailureKinds.Runtime },
            { "crashes", "Environment.FailFast(null);", GenerationFailureKinds.Runtime },
            {
                "kills itself",
                "kill_thread(234, Environment.ProcessId, Environment.ProcessId, 9); System.Threading.Thread.Sleep(-1);",
                GenerationFailureKinds.Runtime
            },
            { "never answers", "System.Threading.Thread.Sleep(-1);", GenerationFailureKinds.Timeout },
            { "spins", "while (true) { }", GenerationFailureKinds.Timeout },
            {
                "eats memory",
                "var all = new List<double[]>(); while (true) { all.Add(new double[10000]); }",
                GenerationFailureKinds.Memory
            },
            {
                "eats native memory",
                "while (true) { System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 24); }",
                GenerationFailureKinds.Memory
            },
            { "recurses", "Score(market, scores); scores[0]++;", GenerationFailureKinds.Runtime },
            { "never picks", "", GenerationFailureKinds.NoPositions },
        };

    [Theory]
    [MemberData(nameof(LyingOrBroken))]
    public async Task RunAsync_LyingOrBrokenHost_CostsOneFailure(string name, string body, string kind)
    {
        const string Call =
            """[System.Runtime.InteropServices.DllImport("libc", EntryPoint = "syscall")] static extern long kill_thread(long number, long group, long thread, long signal);""";
        Assert.SkipWhen(
            name == "kills itself"
                && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
                    != System.Runtime.InteropServices.Architecture.X64,
            "The call's number is that of x64."
        );
        var cancellationToken = TestContext.Current.CancellationToken;
        var assembly = UncheckedCompiler.Compile(HostilePrograms.Program(null, body, Call));

        var run = await fixture.Sealed.RunAsync(new CompiledStrategy(assembly!, "S"), shared.Market, cancellationToken);
        var next = await fixture.Sealed.RunAsync(Good, shared.Market, cancellationToken);

        Assert.Null(run.Plan);
        Assert.Equal(kind, run.Failure!.Kind);
        Assert.StartsWith(kind + ": ", run.Failure.Signature, StringComparison.Ordinal);
        Assert.Null(next.Failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ForkingProgram_CannotFork(bool isSealed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Forking is a matter of Linux.");
        var host = isSealed ? fixture.Sealed : fixture.Reduced;
        var assembly = UncheckedCompiler.Compile(
            HostilePrograms.Program(
                null,
                """for (var i = 0; i < 50; i++) { if (fork() >= 0) { throw new Exception("forked"); } } scores.Fill(1);""",
                """[System.Runtime.InteropServices.DllImport("libc")] static extern int fork();"""
            )
        );

        var run = await host.RunAsync(
            new CompiledStrategy(assembly!, "S"),
            shared.Market,
            TestContext.Current.CancellationToken
        );

        Assert.Null(run.Failure);
    }

    [Fact]
    public async Task RunAsync_StaticState_IsFreshInEveryRun()
    {
        var assembly = UncheckedCompiler.Compile(
            HostilePrograms.Program(
                null,
                "scores.Fill(1);",
                """static int s_made; public S() { if (++s_made > 1) { throw new Exception("seen before"); } }"""
            )
        );

        for (var i = 0; i < 3; i++)
        {
            var run = await fixture.Sealed.RunAsync(
                new CompiledStrategy(assembly!, "S"),
                shared.Market,
                TestContext.Current.CancellationToken
            );
            Assert.Null(run.Failure);
        }
    }

    private static CompiledStrategy Good { get; } =
        new(UncheckedCompiler.Compile(HostilePrograms.Program(null, "scores.Fill(1);"))!, "S");
}

/// <summary>Hosts with short limits, since several programs run until they meet one: one sealed by bubblewrap where it
/// works, one without.</summary>
public sealed class UncheckedRunFixture : IAsyncDisposable
{
    private static readonly SandboxOptions s_options = StrategyHostFixture.Options with
    {
        CpuSeconds = 1,
        RunTimeout = TimeSpan.FromSeconds(10),
        MemoryMegabytes = 128,
        PoolSize = 1,
    };

    public ChildProcessStrategyHost Sealed { get; } = new(s_options, TimeProvider.System);

    public ChildProcessStrategyHost Reduced { get; } =
        new(s_options with { UseBubblewrap = false }, TimeProvider.System);

    public Surroundings Surroundings { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await Sealed.DisposeAsync();
        await Reduced.DisposeAsync();
        Surroundings.Dispose();
    }
}
