using RolloutDashboard.Core.Strategies.FullCode.Hosts;

namespace RolloutDashboard.Tests.Strategies.FullCode.Hosts;

public sealed class SandboxOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGoodButForTheMissingHost() =>
        Assert.Empty(
            (new SandboxOptions() with { HostPath = typeof(SandboxOptionsTests).Assembly.Location }).Validate()
        );

    [Fact]
    public void Validate_WrongValues_NameTheirKeys()
    {
        var lines = new SandboxOptions
        {
            Require = true,
            UseBubblewrap = false,
            CompileCpu = TimeSpan.Zero,
            CompileTimeout = TimeSpan.Zero,
            CompileHosts = 0,
            RunTimeout = TimeSpan.FromDays(1),
            MemoryMegabytes = 1,
            CompileMemoryMegabytes = 1,
            CpuSeconds = 0,
            PoolSize = -1,
            HostPath = "/nowhere/host.dll",
        }.Validate();

        Assert.Equal(
            [
                "UseBubblewrap",
                "CompileCpu",
                "CompileTimeout",
                "CompileHosts",
                "RunTimeout",
                "MemoryMegabytes",
                "CompileMemoryMegabytes",
                "CpuSeconds",
                "PoolSize",
                "HostPath",
            ],
            lines.Select(line => line.Split(' ')[0].Replace("Sandbox:", "", StringComparison.Ordinal))
        );
    }
}
