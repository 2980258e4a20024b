using System.Globalization;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.StrategyHost.Wire;
using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>
/// A program that the allow-list never saw tries every known way out at once, with one layer of the sandbox after the
/// other switched off: what it reads comes back in its failure, what it leaves behind is looked for from outside.
/// </summary>
public sealed class OneLayerOffTests(StrategyHostFixture shared) : IDisposable
{
    private static readonly int s_mark = 20_000 + (Environment.ProcessId % 10_000);

    private readonly EscapeTarget _target = new();

    public static TheoryData<string> Layers =>
        ["static layers", "bubblewrap", "call filter", "limits", "closing by the host", "marking by the starter"];

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task RunAsync_EscapesWithOneMoreLayerOff_ReadNothingAndLeaveNothing(string off)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The ways out are those of Linux.");
        var seams = off switch
        {
            "call filter" => new StrategyHostSeams(HostLayers.CallFilter),
            "limits" => new StrategyHostSeams(HostLayers.Limits),
            "closing by the host" => new StrategyHostSeams(HostLayers.Descriptors),
            "marking by the starter" => new StrategyHostSeams(HandsOverDescriptors: true),
            _ => new StrategyHostSeams(),
        };
        await using var host = new ChildProcessStrategyHost(
            Options with
            {
                UseBubblewrap = off != "bubblewrap",
            },
            TimeProvider.System,
            seams
        );

        var told = await TryAsync(host);

        var hasBubblewrap = host.Status.Name.StartsWith("bubblewrap", StringComparison.Ordinal);
        Assert.SkipWhen(off == "call filter" && !hasBubblewrap, "Without bubblewrap two layers would be off.");
        Assert.Equal("held", told);
        Assert.Equal("", string.Join(", ", _target.LeftBehind()));
        Assert.Equal(hasBubblewrap && off is "static layers" or "marking by the starter", host.Status.IsFull);
    }

    [Fact]
    public async Task RunAsync_EscapesWithAllLayersOff_GetOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The ways out are those of Linux.");
        await using var host = new ChildProcessStrategyHost(
            Options with
            {
                UseBubblewrap = false,
            },
            TimeProvider.System,
            new StrategyHostSeams(HostLayers.All, HandsOverDescriptors: true)
        );

        var told = await TryAsync(host);

        Assert.All(["descriptor read", "descriptor written", "environment", "file", "sibling read"], way =>
            Assert.Contains(way, told, StringComparison.Ordinal)
        );
        var left = _target.LeftBehind();
        Assert.All(
            [
                "System V shared memory",
                "System V queue",
                "System V semaphore",
                "POSIX shared memory",
                "POSIX queue",
                "time",
                "file beside",
                "priority",
            ],
            way => Assert.Contains(way, left)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CompileAsync_CompileHost_IsConfinedAsRunHostsAre(bool withBubblewrap)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The layers are those of Linux.");
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var host = new ChildProcessStrategyHost(
            Options with
            {
                UseBubblewrap = withBubblewrap,
                PoolSize = 0,
                CompileCpu = TimeSpan.FromMilliseconds(s_mark),
            },
            TimeProvider.System
        );

        var compiled = await host.CompileAsync(
            HostilePrograms.Program(null, "scores.Fill(market.Close(0));"),
            cancellationToken
        );

        Assert.Null(compiled.Failure);
        await AssertIsConfinedAsync(CompileHosts().Min(), cancellationToken);
    }

    private async Task AssertIsConfinedAsync(int compiler, CancellationToken cancellationToken)
    {
        var status = await File.ReadAllTextAsync($"/proc/{compiler}/status", cancellationToken);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        var limits = await File.ReadAllTextAsync($"/proc/{compiler}/limits", cancellationToken);
        Assert.Matches(@"Max file size +0 +0 ", limits);
        Assert.Matches(@"Max core file size +0 +0 ", limits);
        Assert.Matches(@"Max cpu time +\d+ +\d+ ", limits);
        Assert.Matches(@"Max address space +\d+ +\d+ ", limits);
        Assert.DoesNotContain(
            _target.SecretFile,
            Directory.GetFileSystemEntries($"/proc/{compiler}/fd").Select(entry => new FileInfo(entry).LinkTarget)
        );
        Assert.DoesNotContain(
            "PATH=",
            await File.ReadAllTextAsync($"/proc/{compiler}/environ", cancellationToken),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _target.Dispose();

    private static SandboxOptions Options { get; } =
        StrategyHostFixture.Options with
        {
            PoolSize = 1,
            RunTimeout = TimeSpan.FromSeconds(60),
        };

    private async Task<string> TryAsync(ChildProcessStrategyHost host)
    {
        var assembly = UncheckedCompiler.Compile(_target.Aim(EscapeAttempts.Source));
        Assert.NotNull(assembly);
        var run = await host.RunAsync(
            new CompiledStrategy(assembly, "S"),
            shared.Market,
            TestContext.Current.CancellationToken
        );
        var message = run.Failure?.Message ?? "no failure";
        return message[(message.IndexOf("TOLD ", StringComparison.Ordinal) is >= 0 and var at ? at + 5 : 0)..];
    }

    private static IEnumerable<int> CompileHosts() =>
        Directory
            .GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsOurCompiler(id));

    // Known by a limit that no other test sets.
    private static bool IsOurCompiler(int id)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words[0].EndsWith("/dotnet", StringComparison.Ordinal)
                && words.Contains(s_mark.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It ended in between.
            return false;
        }
    }
}
