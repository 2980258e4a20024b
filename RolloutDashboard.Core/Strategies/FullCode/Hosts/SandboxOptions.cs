namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Limits of generated programs; configuration section "Sandbox".</summary>
public sealed record SandboxOptions
{
    /// <summary>Whether programs may run under bubblewrap only. Default false: without it they run with reduced
    /// isolation.</summary>
    public bool Require { get; init; }

    /// <summary>Whether bubblewrap is tried at all. Default true; false where the whole application already runs in a
    /// closed container.</summary>
    public bool UseBubblewrap { get; init; } = true;

    /// <summary>What the length of the longest program adds to <see cref="CompileCpu"/>; a shorter one adds its
    /// share.</summary>
    public static readonly TimeSpan CompileCpuOfLength = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// Processor time for checking and compiling one program, 0.2 s to 2 min, to which up to 2.5 s come by its length.
    /// Default 1 s.
    /// </summary>
    public TimeSpan CompileCpu { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time by the clock for compiling one program, for a compiler that hangs, 1 s to 10 min. Default
    /// 1 min.</summary>
    public TimeSpan CompileTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Programs compiled at a time, each in a compile host of its own, 1 to 32. Default 6. One host is warm at first,
    /// as many as were needed at a time stay, five at most.
    /// </summary>
    public int CompileHosts { get; init; } = 6;

    /// <summary>Longest time for one run, start and market data included, 1 s to 10 min. Default 15 s.</summary>
    public TimeSpan RunTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Managed heap of a run, 64 to 8192 megabytes. Default 512.</summary>
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>Managed heap of the compile host, 256 to 8192 megabytes. Default 1024.</summary>
    public int CompileMemoryMegabytes { get; init; } = 1024;

    /// <summary>Processor time of a run, 1 to 600 seconds. Default 10.</summary>
    public int CpuSeconds { get; init; } = 10;

    /// <summary>Run hosts started in advance, 0 to 32; each waits without using the processor. Default 2.</summary>
    public int PoolSize { get; init; } = 2;

    /// <summary>The strategy host's assembly. Default: strategy-host/RolloutDashboard.StrategyHost.dll beside the
    /// application.</summary>
    public string HostPath { get; init; } =
        Path.Combine(AppContext.BaseDirectory, "strategy-host", "RolloutDashboard.StrategyHost.dll");

    /// <summary>Lines that name a key and what is wrong with it; empty if all is well.</summary>
    public IReadOnlyList<string> Validate() =>
        [
            .. Check(
                UseBubblewrap || !Require,
                nameof(UseBubblewrap),
                UseBubblewrap,
                "true, as long as Sandbox:Require is true"
            ),
            .. Check(
                CompileCpu >= TimeSpan.FromSeconds(0.2) && CompileCpu <= TimeSpan.FromMinutes(2),
                nameof(CompileCpu),
                CompileCpu,
                "00:00:00.2 to 00:02:00"
            ),
            .. Check(
                CompileTimeout >= TimeSpan.FromSeconds(1) && CompileTimeout <= TimeSpan.FromMinutes(10),
                nameof(CompileTimeout),
                CompileTimeout,
                "00:00:01 to 00:10:00"
            ),
            .. Check(CompileHosts is >= 1 and <= 32, nameof(CompileHosts), CompileHosts, "1 to 32"),
            .. Check(
                RunTimeout >= TimeSpan.FromSeconds(1) && RunTimeout <= TimeSpan.FromMinutes(10),
                nameof(RunTimeout),
                RunTimeout,
                "00:00:01 to 00:10:00"
            ),
            .. Check(MemoryMegabytes is >= 64 and <= 8192, nameof(MemoryMegabytes), MemoryMegabytes, "64 to 8192"),
            .. Check(
                CompileMemoryMegabytes is >= 256 and <= 8192,
                nameof(CompileMemoryMegabytes),
                CompileMemoryMegabytes,
                "256 to 8192"
            ),
            .. Check(CpuSeconds is >= 1 and <= 600, nameof(CpuSeconds), CpuSeconds, "1 to 600"),
            .. Check(PoolSize is >= 0 and <= 32, nameof(PoolSize), PoolSize, "0 to 32"),
            .. Check(File.Exists(HostPath), nameof(HostPath), HostPath, "an existing file"),
        ];

    private static IEnumerable<string> Check(bool isGood, string key, object given, string allowed)
    {
        if (!isGood)
        {
            yield return $"Sandbox:{key} is '{given}'; allowed is {allowed}.";
        }
    }
}
