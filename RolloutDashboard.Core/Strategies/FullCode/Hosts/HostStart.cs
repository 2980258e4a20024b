using System.Globalization;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>What a strategy host is started for, and with which limits.</summary>
/// <param name="Mode">"compile" or "run".</param>
/// <param name="HeapMegabytes">Its managed heap.</param>
/// <param name="HeadroomMegabytes">Address space above what it uses when it is ready.</param>
/// <param name="CpuSeconds">Processor time of the process.</param>
internal sealed record HostStart(string Mode, int HeapMegabytes, int HeadroomMegabytes, int CpuSeconds)
{
    /// <summary>Processor time of one compilation.</summary>
    public TimeSpan Compilation { get; init; }

    /// <summary>Layers that it does not set; tests leave some out, the application none.</summary>
    public HostLayers LeftOut { get; init; }

    /// <summary>The host's command line, after its assembly.</summary>
    public IReadOnlyList<string> Arguments =>
        [
            Mode,
            .. new[] { HeadroomMegabytes, CpuSeconds, (int)Compilation.TotalMilliseconds, (int)LeftOut }.Select(
                number => number.ToString(CultureInfo.InvariantCulture)
            ),
        ];

    /// <summary>For running a program.</summary>
    public static HostStart Run(SandboxOptions options) => new("run", options.MemoryMegabytes, 256, options.CpuSeconds);

    /// <summary>For compiling programs, as many as one host is used for.</summary>
    public static HostStart Compile(SandboxOptions options)
    {
        var one = options.CompileCpu + SandboxOptions.CompileCpuOfLength;
        return new(
            "compile",
            options.CompileMemoryMegabytes,
            1024,
            (int)Math.Ceiling(CompileHost.MostPrograms * one.TotalSeconds)
        )
        {
            Compilation = options.CompileCpu,
        };
    }
}
