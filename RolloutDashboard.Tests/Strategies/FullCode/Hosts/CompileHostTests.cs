using System.Diagnostics;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode.Hosts;

/// <summary>Compilers that hang, die, flood or lie, played by the shell, and one real compiler with a bomb.</summary>
public sealed class CompileHostTests
{
    /// <summary>A frame of kind Ready that names no layer.</summary>
    private const string Ready = @"printf '\001\0\0\0\001\0';";

    [Theory]
    [InlineData("hangs", Ready + " exec sleep 600", typeof(TimeoutException))]
    [InlineData("dies", Ready + " head -c 5 > /dev/null; exit 3", typeof(IOException))]
    [InlineData("floods", Ready + " exec cat /dev/zero", typeof(InvalidDataException))]
    [InlineData(
        "announces too much",
        Ready + @" printf '\377\377\377\177\003'; exec sleep 600",
        typeof(InvalidDataException)
    )]
    [InlineData(
        "answers nonsense",
        Ready + @" printf '\003\0\0\0\003abc'; exec sleep 600",
        typeof(InvalidDataException)
    )]
    public async Task CompileAsync_BrokenCompiler_IsReplacedForTheNextProgram(string name, string script, Type expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The broken compilers are shell scripts.");
        var cancellationToken = TestContext.Current.CancellationToken;
        var started = new List<HostProcess>();
        var timeout = name == "hangs" ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(2);
        await using var hosts = new CompileHostPool(
            token => CompileHost.StartAsync(() => Start(script, started), timeout, TimeProvider.System, token),
            1,
            1
        );

        for (var i = 0; i < 2; i++)
        {
            var exception = await Assert.ThrowsAnyAsync<Exception>(() => hosts.CompileAsync("x", cancellationToken));
            Assert.True(expected.IsInstanceOfType(exception), $"{name}: {exception}");
        }

        Assert.InRange(started.Count, 2, 3);
    }

    [Fact]
    public async Task CompileAsync_CancelledByTheCaller_EndsTheCompiler()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The hanging compiler is a shell script.");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Process? compiler = null;
        var host = await CompileHost.StartAsync(
            () =>
            {
                compiler = Shell(Ready + " exec sleep 600");
                return Task.FromResult(new HostProcess(compiler, 1000, isSealed: false));
            },
            TimeSpan.FromMinutes(5),
            TimeProvider.System,
            cancellation.Token
        );
        using var watched = Process.GetProcessById(compiler!.Id);

        var compiling = host.CompileAsync("x", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compiling);
        Assert.False(host.IsUsable);
        await host.DisposeAsync();
        await watched.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(watched.HasExited);
    }

    [Fact]
    public async Task CompileAsync_CompilerBomb_CostsOneTimeOut()
    {
        var bomb = CompilerBombs.Unknown(0);
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                PoolSize = 0,
            },
            TimeProvider.System
        );
        var cancellationToken = TestContext.Current.CancellationToken;

        var outcome = await host.CompileAsync(bomb, cancellationToken);
        var next = await host.CompileAsync(HostilePrograms.Program(null, "scores.Fill(1);"), cancellationToken);

        Assert.Equal(GenerationFailureKinds.Timeout, outcome.Failure!.Kind);
        Assert.Equal("time-out: compile", outcome.Failure.Signature);
        Assert.Null(next.Failure);
    }

    private static Task<HostProcess> Start(string script, List<HostProcess> started)
    {
        var host = new HostProcess(Shell(script), 1000, isSealed: false);
        started.Add(host);
        return Task.FromResult(host);
    }

    private static Process Shell(string script) =>
        Process.Start(
            new ProcessStartInfo("/bin/bash", ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
